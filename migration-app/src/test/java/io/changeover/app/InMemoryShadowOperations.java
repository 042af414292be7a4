package io.changeover.app;

import io.changeover.operation.ShadowOperations;
import io.changeover.shadow.ShadowDifference;
import io.changeover.shadow.ShadowLatency;
import io.changeover.shadow.ShadowReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two answers of {@code order-board} differ, none of {@code clean}, all of {@code busy} are in flight, and other views have had
 * no changeover.
 */
public final class InMemoryShadowOperations implements ShadowOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    @Override
    public ShadowReport report(String view) {
        return switch (view) {
            case "order-board" ->
                new ShadowReport(
                        view,
                        "c-1",
                        view + "@1",
                        view + "@2",
                        1_204,
                        1_200,
                        2,
                        1,
                        1,
                        new TreeMap<>(Map.of("error", 1L, "field:status", 1L)),
                        new TreeMap<>(Map.of("queue", 3L)),
                        4,
                        2 / 1_202.0,
                        120,
                        1 / 120.0,
                        List.of(
                                new ShadowLatency("byId(String)", 1, 1_207, 400, 900, 12_000),
                                new ShadowLatency("byId(String)", 2, 1_203, 300, 800, 1_500)),
                        differences());
            case "clean" -> counts(view, 10, 0);
            case "busy" -> counts(view, 0, 5);
            default ->
                new ShadowReport(
                        view, null, null, null, 0, 0, 0, 0, 0, Map.of(), Map.of(), 0, null, 0, null, List.of(),
                        List.of());
        };
    }

    private static ShadowReport counts(String view, long same, long inFlight) {
        return new ShadowReport(
                view,
                "c-1",
                view + "@1",
                view + "@2",
                same + inFlight,
                same,
                0,
                0,
                inFlight,
                Map.of(),
                Map.of(),
                0,
                same == 0 ? null : 0.0,
                0,
                null,
                List.of(),
                List.of());
    }

    private static List<ShadowDifference> differences() {
        return List.of(
                new ShadowDifference(
                        "byId(String)",
                        1,
                        2,
                        List.of("field:status"),
                        List.of("10100"),
                        side("OPEN"),
                        side("SHIPPED"),
                        null,
                        4_711L,
                        4_711L,
                        "node-1",
                        AT),
                new ShadowDifference(
                        "byId(String)",
                        1,
                        2,
                        List.of("error"),
                        List.of("masked:1f3a77c0"),
                        Map.of("items", 1, "differing", List.of()),
                        null,
                        "IllegalStateException",
                        null,
                        null,
                        "node-1",
                        AT));
    }

    private static Map<String, Object> side(String status) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("orderId", "10100");
        record.put("status", status);
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("items", 1);
        side.put("differing", List.of(record));
        return side;
    }
}
