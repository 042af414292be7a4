package io.changeover.app;

import io.changeover.comparison.Comparison;
import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.DifferenceExport;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.DifferenceGroups.Numbers;
import io.changeover.comparison.DifferenceGroups.OfField;
import io.changeover.comparison.DifferenceGroups.OfKind;
import io.changeover.comparison.DifferenceGroups.Pair;
import io.changeover.comparison.ExportFormat;
import io.changeover.comparison.StoredDifference;
import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.ComparisonStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.parity.DifferingRow.Kind;
import io.changeover.parity.ParityReport;
import io.changeover.view.VersionId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One comparison, which is done at the third look, with the report that a comparison at once would have. */
public final class InMemoryComparisonOperations implements ComparisonOperations {

    public static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LOOKS = 3;

    private final Operations operations;

    /** Every request in order, as {@code verb actor reason}. */
    public final List<String> requests = new ArrayList<>();

    /** What is to be known beside the report. */
    public @Nullable String note;

    /** How many of the three differences get lost on the way while the header counts them. */
    public int lost;

    private String state = "";
    private String left = "";
    private String right = "";
    private int looks;
    private @Nullable ParityReport report;

    public InMemoryComparisonOperations(Operations operations) {
        this.operations = operations;
    }

    /** Forgets everything that was asked. */
    public synchronized void reset() {
        requests.clear();
        note = null;
        lost = 0;
        state = "";
        looks = 0;
        report = null;
    }

    @Override
    public synchronized ComparisonStatus start(VersionId left, VersionId right, Request request) {
        report = operations.compare(left, right);
        requests.add("start %s %s".formatted(request.actor(), request.reason()).strip());
        this.left = left.toString();
        this.right = right.toString();
        state = "running";
        looks = 0;
        return status(true);
    }

    @Override
    public synchronized ComparisonStatus status(UUID id) {
        require(id);
        if (state.equals("running") && ++looks >= LOOKS) {
            state = "done";
        }
        return status(true);
    }

    @Override
    public synchronized List<ComparisonStatus> list(String view, @Nullable State wanted, int limit) {
        operations.view(view);
        return state.isEmpty() || (wanted != null && !wanted.name().equalsIgnoreCase(state))
                ? List.of()
                : List.of(status(false));
    }

    @Override
    public synchronized ComparisonStatus cancel(UUID id, Request request) {
        require(id);
        if (!state.equals("running")) {
            throw new OperationRefusedException("comparison-over", "Comparison '%s' is over".formatted(id));
        }
        state = "cancelled";
        note = "Cancelled by %s: %s".formatted(request.actor(), request.reason());
        return status(true);
    }

    @Override
    public synchronized List<StoredDifference> differences(UUID id, long after, int limit) {
        require(id);
        return all().stream()
                .filter(difference -> difference.number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized DifferenceGroups groups(UUID id) {
        require(id);
        return new DifferenceGroups(
                3,
                List.of(new OfKind(Kind.DIFFERENT, 2), new OfKind(Kind.MISSING, 1)),
                List.of(
                        new OfField("status", 2, List.of(new Pair(json("\"SHIPPED\""), null, 2)), null),
                        new OfField(
                                "totalMinorUnits",
                                1,
                                List.of(new Pair(json("100"), json("90"), 1)),
                                new Numbers(
                                        1,
                                        BigDecimal.TEN.negate(),
                                        BigDecimal.TEN.negate(),
                                        new BigDecimal("-10.5")))));
    }

    @Override
    public synchronized DifferenceExport export(UUID id, ExportFormat format) {
        require(id);
        if (state.equals("running")) {
            throw new OperationRefusedException("comparison-running", "Comparison '%s' still runs".formatted(id));
        }
        VersionId version = VersionId.parse(left);
        Comparison comparison = new Comparison(
                ID,
                version,
                VersionId.parse(right),
                List.of("orderId"),
                List.of("orderId", "status", "totalMinorUnits"),
                State.DONE,
                "node-1",
                "ada",
                "",
                null,
                report,
                note,
                null,
                InMemoryOperations.NOW,
                InMemoryOperations.NOW);
        List<StoredDifference> all = all();
        return new DifferenceExport(
                comparison, format, all.size(), (ignored, number, limit) -> all.subList(0, all.size() - lost).stream()
                        .filter(difference -> difference.number() > number)
                        .toList());
    }

    private static List<StoredDifference> all() {
        return List.of(
                new StoredDifference(
                        1,
                        Kind.DIFFERENT,
                        "10100",
                        List.of("10100"),
                        List.of("status", "totalMinorUnits"),
                        json("{\"status\": \"SHIPPED\", \"orderId\": \"10100\", \"totalMinorUnits\": 100}"),
                        json("{\"status\": null, \"orderId\": \"10100\", \"totalMinorUnits\": 90}")),
                new StoredDifference(
                        2,
                        Kind.DIFFERENT,
                        "10101",
                        List.of("10101"),
                        List.of("status"),
                        json("{\"status\": \"SHIPPED\", \"orderId\": \"10101\", \"totalMinorUnits\": 5}"),
                        json("{\"status\": null, \"orderId\": \"10101\", \"totalMinorUnits\": 5}")),
                new StoredDifference(
                        3,
                        Kind.MISSING,
                        "10102",
                        List.of("10102"),
                        List.of(),
                        json("{\"status\": \"=1+1\\n\", \"orderId\": \"10102\", \"totalMinorUnits\": -5}"),
                        null));
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    private void require(UUID id) {
        if (!id.equals(ID) || state.isEmpty()) {
            throw new OperationRefusedException("unknown-comparison", "There is no comparison '%s'".formatted(id));
        }
    }

    private ComparisonStatus status(boolean withReport) {
        boolean running = state.equals("running");
        boolean done = state.equals("done");
        return new ComparisonStatus(
                ID.toString(),
                VersionId.parse(left).view(),
                left,
                right,
                state,
                done && report != null ? report.verdict() : null,
                note,
                null,
                running ? 0.4 : 1,
                running ? 130 : 326,
                326,
                1,
                0,
                2,
                Duration.ofSeconds(1),
                running ? Duration.ofSeconds(3) : null,
                "compared in the database",
                "node-1",
                "ada",
                "",
                InMemoryOperations.NOW,
                running ? null : InMemoryOperations.NOW,
                done && withReport ? report : null);
    }
}
