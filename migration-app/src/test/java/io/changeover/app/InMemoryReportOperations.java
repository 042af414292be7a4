package io.changeover.app;

import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.ReportOperations;
import io.changeover.report.ChangeoverReport;
import io.changeover.report.ChangeoverReport.Budget;
import io.changeover.report.ChangeoverReport.Incident;
import io.changeover.report.ChangeoverReport.Moment;
import io.changeover.report.ChangeoverReport.Parity;
import io.changeover.report.ChangeoverReport.PhaseTime;
import io.changeover.report.ChangeoverReport.Reached;
import io.changeover.report.ReportComparison;
import io.changeover.report.ReportSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** View {@code order-board} had changeover {@code c-1}, which went back, and has {@code c-2}, which is open. */
public final class InMemoryReportOperations implements ReportOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    @Override
    public List<ReportSummary> reports(String view, int limit) {
        return view == null || view.equals("order-board")
                ? Stream.of(open(), over())
                        .map(ChangeoverReport::summary)
                        .limit(limit)
                        .toList()
                : List.of();
    }

    @Override
    public ChangeoverReport report(String view, String id) {
        if (view.equals("order-board") && !Objects.equals(id, "c-9")) {
            return Objects.equals(id, "c-1") ? over() : open();
        }
        throw new OperationRefusedException(
                "no-such-changeover", "View '%s' has had no changeover '%s'".formatted(view, id));
    }

    @Override
    public ReportComparison compare(String left, String right) {
        return ReportComparison.of(report("order-board", left), report("order-board", right));
    }

    private static ChangeoverReport over() {
        GateReading cause = GateReading.refuse("errors", "3 %", "1 % at most", "the new version fails its readers");
        return new ChangeoverReport(
                "c-1",
                "order-board",
                1,
                2,
                "aborted",
                "aborted",
                "careful",
                AT,
                AT.plusSeconds(3_725),
                12,
                AT.plusSeconds(3_800),
                List.of(
                        new Moment(
                                101,
                                AT,
                                "declared",
                                "from version 1 to version 2",
                                "ann",
                                "<b>new</b> board",
                                List.of(),
                                null),
                        new Moment(
                                140,
                                AT.plusSeconds(600),
                                "reads-shifted",
                                "10 % of readers on the new version, 0 % before",
                                "autopilot",
                                "",
                                List.of(GateReading.pass("lag", "3 positions", "at most 1,000 positions")),
                                new Evidence(true, true, 0, 3, 1_000, 0, 60, 900))),
                List.of(
                        new PhaseTime("declared", 0, AT, Duration.ofSeconds(600)),
                        new PhaseTime("shifting", 10, AT.plusSeconds(600), Duration.ofSeconds(3_125))),
                new Reached(Duration.ofSeconds(600), null, null),
                List.of(new Parity(AT.plusSeconds(540), 139, "equal", 326, 0, 0)),
                List.of(),
                List.of(),
                List.of(new Incident(
                        "rollback",
                        AT.plusSeconds(1_200),
                        170,
                        "autopilot",
                        "gate errors",
                        10,
                        0,
                        List.of(cause),
                        List.of("order.placed@3 since position 150"))),
                List.of(),
                List.of(),
                Map.of("same", 40L),
                new Budget(0.001, 100, 0, 3, Map.of("answered", 97L, "failed", 3L)),
                List.of("node-a"));
    }

    private static ChangeoverReport open() {
        return new ChangeoverReport(
                "c-2",
                "order-board",
                1,
                2,
                "open",
                "declared",
                null,
                AT.plusSeconds(7_200),
                null,
                13,
                AT.plusSeconds(7_230),
                List.of(),
                List.of(new PhaseTime("declared", 0, AT.plusSeconds(7_200), Duration.ofSeconds(30))),
                new Reached(null, null, null),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Budget(0.001, 0, 0, 0, Map.of()),
                List.of());
    }
}
