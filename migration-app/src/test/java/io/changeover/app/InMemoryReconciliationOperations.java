package io.changeover.app;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.reconcile.Drift;
import io.changeover.reconcile.DriftingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two rows of {@code order-board} differ, none of {@code clean}, versions of {@code stuck} cannot be compared, and other views
 * have no two versions.
 */
public final class InMemoryReconciliationOperations implements ReconciliationOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    /** Every request in order, as {@code view all actor reason}. */
    public final List<String> requests = new ArrayList<>();

    @Override
    public List<Drift> drift(String view) {
        return switch (view) {
            case "order-board" -> List.of(pair(view, "following", null, 3, rows()));
            case "clean" -> List.of(pair(view, "following", null, 0, List.of()));
            case "stuck" -> List.of(pair(view, "paused", "stuck@2 is backfilling", 0, List.of()));
            default -> List.of();
        };
    }

    @Override
    public List<Drift> reconcile(String view, boolean all, Request request) {
        requests.add("%s, %s, %s, %s".formatted(view, all, request.actor(), request.reason()));
        if (view.equals("alone")) {
            throw new OperationRefusedException("nothing-to-reconcile", "View 'alone' has no two versions that live");
        }
        return drift(view);
    }

    private static Drift pair(String view, String state, String why, long differing, List<DriftingRow> listed) {
        boolean paused = why != null;
        return new Drift(
                view,
                view + "@1",
                view + "@2",
                state,
                why,
                1_000,
                5,
                AT,
                paused ? null : AT.minusSeconds(3_600),
                paused ? null : differing == 0 ? Verdict.EQUAL : Verdict.DIFFERENT,
                1_326,
                differing,
                0,
                differing > 0,
                null,
                listed);
    }

    private static List<DriftingRow> rows() {
        return List.of(
                new DriftingRow(
                        "different",
                        "10100",
                        List.of("10100"),
                        List.of("status"),
                        record("10100", "OPEN"),
                        record("10100", "SHIPPED"),
                        AT,
                        AT),
                new DriftingRow(
                        "missing", "10101", List.of("10101"), List.of(), record("10101", "OPEN"), null, AT, AT));
    }

    private static Map<String, Object> record(String key, String status) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("orderId", key);
        record.put("status", status);
        return record;
    }
}
