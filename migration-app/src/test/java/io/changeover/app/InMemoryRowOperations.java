package io.changeover.app;

import io.changeover.explain.Explanation;
import io.changeover.explain.Explanation.After;
import io.changeover.explain.Explanation.Event;
import io.changeover.explain.Explanation.FieldParting;
import io.changeover.explain.Explanation.Parting;
import io.changeover.explain.Explanation.Side;
import io.changeover.explain.Explanation.Today;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.RowOperations;
import io.changeover.repair.HomeRepair;
import io.changeover.repair.RepairReport;
import io.changeover.repair.RepairTarget;
import io.changeover.repair.RepairedHome;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.selfcheck.SelfCheckReport.Disagreement;
import io.changeover.selfcheck.SelfCheckReport.Sample;
import io.changeover.selfcheck.SelfCheckReport.SqlForm;
import io.changeover.selfcheck.SelfCheckReport.Verdict;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Knows one row that parts and one that somebody changed; refuses what is asked of version 3 or of key 7. */
public final class InMemoryRowOperations implements RowOperations {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final String REPAIR = "00000000-0000-0000-0000-000000000001";

    /** Every request in order. */
    public final List<String> requests = new ArrayList<>();

    @Override
    public Explanation explainUnmasked(String view, List<String> key, @Nullable Integer left, @Nullable Integer right) {
        requests.add("unmasked");
        return explain(view, key, left, right);
    }

    @Override
    public Explanation explain(String view, List<String> key, @Nullable Integer left, @Nullable Integer right) {
        requests.add("explain %s %s %s %s".formatted(view, key, left, right));
        if (key.contains("7")) {
            throw new OperationRefusedException("unknown-key", "There is no row and no event of key '7'");
        }
        Map<String, @Nullable Object> row = Map.of("orderId", "10100");
        Map<String, @Nullable Object> one = Map.of("cents", 50);
        Map<String, @Nullable Object> other = Map.of("cents", 51);
        List<String> steps = List.of("order.paid 1 -> 2");
        return new Explanation(
                view,
                List.of("10100"),
                new Side("order-board@1", "folds", 9L, 0, row, one, 4L, "e4", row, "as-folded", List.of(), null),
                new Side(
                        "order-board@2",
                        "folds",
                        9L,
                        0,
                        row,
                        other,
                        4L,
                        "e4",
                        row,
                        "changed",
                        List.of("orderId"),
                        "changeover repair order-board@2 --home 10100"),
                List.of(new Event(
                        4,
                        "e4",
                        "2026-01-01T00:00:00Z",
                        "Order",
                        "10100",
                        "order.paid",
                        "1",
                        tree("{\"amount\":50}"),
                        steps,
                        List.of(new Today("order.paid", "2", tree("{\"cents\":50}"))),
                        null,
                        new After("changed", row, one, List.of("orderId"), null),
                        new After("failed", null, null, List.of(), "the fold threw"),
                        "different",
                        List.of("cents"),
                        true,
                        false)),
                3,
                new Parting(4, "order.paid@1", steps, "different", List.of("cents"), null),
                List.of(new FieldParting("cents", 4)),
                List.of(),
                0,
                false,
                "They part at position 4. Repair it.");
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    @Override
    public SelfCheckReport selfCheck(VersionId version, int homes, boolean all, @Nullable Long seed) {
        requests.add("self-check %s %d %s %s".formatted(version, homes, all, seed));
        refuseThree(version);
        boolean differs = version.version() == 2;
        return new SelfCheckReport(
                version.toString(),
                differs ? Verdict.DIFFERENT : all ? Verdict.NOT_COMPARABLE : Verdict.SAME,
                "So it is",
                20,
                all ? 1 : 0,
                1_500,
                19,
                differs ? 1 : 0,
                0,
                0,
                differs
                        ? List.of(new Sample(
                                "10100", "changed", List.of("cents"), Map.of("cents", 1), Map.of("cents", 2)))
                        : List.of(),
                differs
                        ? new SqlForm(
                                20,
                                1,
                                List.of(new Disagreement(
                                        "10101", List.of("cents"), Map.of("cents", 1), Map.of("cents", 2), null)))
                        : null,
                all ? null : 42L,
                differs ? "the version is stale" : null,
                Duration.ofMillis(1_500));
    }

    @Override
    public RepairReport repair(VersionId version, RepairTarget target, boolean dryRun, Request request) {
        requests.add("repair %s, %s, %s, %s, %s".formatted(version, target, dryRun, request.actor(), request.reason()));
        refuseThree(version);
        boolean troubled = version.version() == 2;
        return new RepairReport(
                version.toString(),
                target.toString(),
                dryRun,
                dryRun ? null : REPAIR,
                3,
                1,
                2,
                troubled ? 1 : 0,
                troubled ? List.of("10102") : List.of(),
                troubled ? 1 : 0,
                troubled ? List.of("10103") : List.of(),
                troubled ? Map.of("10101", "the fold threw") : Map.of(),
                List.of(new HomeRepair("10100", List.of(), List.of(Map.of("cents", 2)))),
                troubled ? "the disk is gone" : null,
                null,
                Duration.ofMillis(1_500));
    }

    @Override
    public List<RepairedHome> repairs(String view) {
        JsonNode none = JSON.readTree("[]");
        return view.equals("order-board")
                ? List.of(new RepairedHome(
                        REPAIR,
                        "order-board@2",
                        "10100",
                        none,
                        JSON.readTree("[{\"cents\":2}]"),
                        "ada",
                        "was wrong",
                        Instant.parse("2026-01-01T00:00:00Z")))
                : List.of();
    }

    private static void refuseThree(VersionId version) {
        if (version.version() == 3) {
            throw new OperationRefusedException("not-built", "Version '%s' has not been built".formatted(version));
        }
    }
}
