package io.changeover.report;

import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import io.changeover.report.ChangeoverReport.Compared;
import io.changeover.report.ChangeoverReport.Incident;
import io.changeover.report.ChangeoverReport.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports in words and tables. */
public final class ReportText {

    private static final String NOTHING = "-";

    private ReportText() {}

    /** A report as a document. */
    public static ReportDocument of(ChangeoverReport report) {
        ReportDocument document = new ReportDocument(
                "Changeover of %s from version %d to %d".formatted(report.view(), report.from(), report.to()));
        document.paragraph(opening(report));
        document.table(
                List.of(
                        List.of("identifier", report.id()),
                        List.of("outcome", report.outcome()),
                        List.of("phase", report.phase()),
                        List.of("plan", report.plan() == null ? "none; a person took each step" : report.plan()),
                        List.of("declared", time(report.declaredAt())),
                        List.of("ended", report.endedAt() == null ? NOTHING : time(report.endedAt())),
                        List.of("first reader after", duration(report.reached().firstReader())),
                        List.of("all readers after", duration(report.reached().allReaders())),
                        List.of("completed after", duration(report.reached().completed())),
                        List.of("rollbacks", count(report.incidents("rollback"))),
                        List.of("differences found", count(report.differencesFound())),
                        List.of("homes repaired", count(report.homesRepaired())),
                        List.of("error budget", budget(report)),
                        List.of("nodes", report.nodes().isEmpty() ? NOTHING : String.join(", ", report.nodes()))),
                "",
                "Figure",
                "Value");
        incidents(report, document);
        document.heading("Time in each phase")
                .table(
                        report.phases().stream()
                                .map(each -> List.of(
                                        each.phase(),
                                        each.percent() + " %",
                                        time(each.since()),
                                        duration(each.lasted())))
                                .toList(),
                        "",
                        "Phase",
                        "Readers on the new version",
                        "Since",
                        "Lasted");
        timeline(report, document);
        gates(report, document);
        comparisons(report, document);
        deployed(report, document);
        traffic(report, document);
        return document.paragraph("Written at %s from the events up to number %,d of the view."
                .formatted(time(report.writtenAt()), report.lastEvent()));
    }

    private static String opening(ChangeoverReport report) {
        String lasted = duration(report.lasted());
        return switch (report.outcome()) {
            case "completed" -> "Version %d serves. It took %s.".formatted(report.to(), lasted);
            case "aborted" -> "It was given up after %s; version %d goes on serving.".formatted(lasted, report.from());
            default -> "It has been open for %s.".formatted(lasted);
        };
    }

    private static String budget(ChangeoverReport report) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d calls fell back, %,d may",
                report.budget().spent(),
                report.budget().calls(),
                report.budget().allowed());
    }

    private static void incidents(ChangeoverReport report, ReportDocument document) {
        List<List<String>> rows = new ArrayList<>();
        for (Incident incident : report.incidents()) {
            rows.add(List.of(
                    time(incident.at()),
                    count(incident.position()),
                    incident.kind(),
                    incident.fromPercent() == incident.toPercent()
                            ? incident.fromPercent() + " %"
                            : "%d to %d %%".formatted(incident.fromPercent(), incident.toPercent()),
                    incident.actor(),
                    incident.reason(),
                    incident.cause().isEmpty()
                            ? NOTHING
                            : incident.cause().stream()
                                    .map(ReportText::sentence)
                                    .collect(Collectors.joining("; ")),
                    incident.deployed().isEmpty() ? NOTHING : String.join("; ", incident.deployed())));
        }
        document.heading("Incidents and rollbacks")
                .table(
                        rows,
                        "Nothing failed, paused or went back.",
                        "Time",
                        "Position",
                        "What",
                        "Readers",
                        "By",
                        "Reason",
                        "Gates that did not pass",
                        "Came in before, during this changeover");
    }

    private static void timeline(ChangeoverReport report, ReportDocument document) {
        document.heading("Timeline")
                .table(
                        report.timeline().stream()
                                .map(moment -> List.of(
                                        time(moment.at()),
                                        count(moment.position()),
                                        moment.what(),
                                        moment.text(),
                                        moment.actor().isEmpty() ? NOTHING : moment.actor(),
                                        moment.reason()))
                                .toList(),
                        "",
                        "Time",
                        "Position",
                        "Event",
                        "What it says",
                        "By",
                        "Reason");
    }

    private static void gates(ChangeoverReport report, ReportDocument document) {
        List<List<String>> rows = new ArrayList<>();
        for (Moment moment : report.timeline()) {
            Evidence evidence = moment.evidence();
            if (evidence != null) {
                rows.add(List.of(
                        time(moment.at()),
                        moment.what(),
                        "rules",
                        "asked",
                        seen(evidence),
                        "at most %,d positions behind, parity of the last %s"
                                .formatted(
                                        evidence.maxLag(),
                                        duration(Duration.ofSeconds(evidence.maxParityAgeSeconds()))),
                        ""));
            }
            for (GateReading gate : moment.gates()) {
                rows.add(List.of(
                        time(moment.at()),
                        moment.what(),
                        gate.gate(),
                        gate.verdict().text(),
                        gate.measured(),
                        gate.required(),
                        gate.reason()));
            }
        }
        document.heading("Figures at each gate")
                .table(
                        rows,
                        "No gate was asked.",
                        "Time",
                        "Event",
                        "Gate",
                        "Verdict",
                        "Measured",
                        "Required",
                        "Reason");
    }

    private static String seen(Evidence evidence) {
        return String.format(
                Locale.ROOT,
                "old version %s and %,d behind, new version %s and %,d behind, %,d dead letters, parity %s old",
                evidence.oldLive() ? "live" : "not live",
                evidence.oldLag(),
                evidence.newLive() ? "live" : "not live",
                evidence.newLag(),
                evidence.newDeadLetters(),
                duration(Duration.ofSeconds(evidence.parityAgeSeconds())));
    }

    private static void comparisons(ChangeoverReport report, ReportDocument document) {
        document.heading("Parity")
                .table(
                        report.parity().stream()
                                .map(each -> List.of(
                                        time(each.at()),
                                        count(each.position()),
                                        each.verdict(),
                                        count(each.rows()),
                                        count(each.inFlight()),
                                        count(each.differences())))
                                .toList(),
                        "No comparison was recorded.",
                        "Time",
                        "Position",
                        "Verdict",
                        "Rows",
                        "In flight",
                        "Differences");
        document.heading("Comparisons that were kept")
                .table(
                        report.comparisons().stream().map(ReportText::compared).toList(),
                        "None was kept.",
                        "Time",
                        "Identifier",
                        "State",
                        "Verdict",
                        "Rows",
                        "Different",
                        "Missing",
                        "Extra",
                        "Fields");
        document.heading("Repairs")
                .table(
                        report.repairs().stream()
                                .map(each -> List.of(
                                        time(each.at()),
                                        each.version(),
                                        count(each.homes()),
                                        each.actor(),
                                        each.reason()))
                                .toList(),
                        "Nothing was repaired.",
                        "Time",
                        "Version",
                        "Homes",
                        "By",
                        "Reason");
    }

    private static List<String> compared(Compared each) {
        return List.of(
                time(each.at()),
                each.id(),
                each.state(),
                each.verdict() == null ? NOTHING : each.verdict(),
                count(each.rows()),
                count(each.different()),
                count(each.missing()),
                count(each.extra()),
                counts(each.fields()));
    }

    private static void deployed(ChangeoverReport report, ReportDocument document) {
        List<List<String>> rows = new ArrayList<>();
        report.revisions()
                .forEach(each -> rows.add(List.of(
                        "event " + each.revision(),
                        "at position %s, %s by now".formatted(count(each.firstPosition()), count(each.events())))));
        report.code()
                .forEach(each -> rows.add(List.of(
                        "fold %s of %s".formatted(each.part(), each.version()),
                        "recorded %s%s"
                                .formatted(
                                        time(each.at()), each.mixed() ? ", rows of other code among its own" : ""))));
        document.heading("What was deployed meanwhile")
                .table(rows, "No new revision of an event and no new code of a fold.", "What", "First seen");
    }

    private static void traffic(ChangeoverReport report, ReportDocument document) {
        document.heading("Shadow reads").paragraph(report.shadow().isEmpty() ? "None." : counts(report.shadow()) + ".");
        document.heading("Calls of the new version")
                .paragraph(
                        report.budget().fallbacks().isEmpty()
                                ? "None."
                                : "%s. %s.".formatted(counts(report.budget().fallbacks()), budget(report)));
    }

    /** A gate that was asked, in a sentence. */
    static String sentence(GateReading gate) {
        return "%s: %s where %s is required%s"
                .formatted(
                        gate.gate(),
                        gate.measured(),
                        gate.required(),
                        gate.reason().isEmpty() ? "" : " (%s)".formatted(gate.reason()));
    }

    static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? NOTHING
                : counts.entrySet().stream()
                        .map(each -> each.getKey() + " " + count(each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Such as {@code 2d 03h}, {@code 1h 02m}, {@code 3m 05s}, {@code 4.2 s}; a hyphen for none. */
    static String duration(@Nullable Duration duration) {
        if (duration == null) {
            return NOTHING;
        }
        long seconds = duration.toSeconds();
        if (seconds >= 86_400) {
            return "%dd %02dh".formatted(seconds / 86_400, seconds % 86_400 / 3_600);
        }
        if (seconds >= 3_600) {
            return "%dh %02dm".formatted(seconds / 3_600, seconds % 3_600 / 60);
        }
        if (seconds >= 60) {
            return "%dm %02ds".formatted(seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
