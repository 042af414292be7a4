package io.changeover.app;

import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.AutopilotStatus;
import io.changeover.operation.AutopilotStatus.Reading;
import java.time.Instant;
import java.util.List;

/** {@code order-board} is carried and waits for an approval, {@code forsaken} is carried by no node, and others have no plan. */
public final class InMemoryAutopilotOperations implements AutopilotOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    @Override
    public List<AutopilotStatus> autopilot(String view) {
        return switch (view == null ? "order-board" : view) {
            case "order-board" -> List.of(carried());
            case "forsaken" ->
                List.of(new AutopilotStatus(
                        "forsaken", "c-2", "default", "declared", 0, null, null, "a node", null, null, List.of()));
            default -> List.of();
        };
    }

    private static AutopilotStatus carried() {
        return new AutopilotStatus(
                "order-board",
                "c-1",
                "spring",
                "shifting",
                10,
                "node-1",
                AT,
                "the approval of role 'approver' for 50 %",
                "shift to 10 %: the next step of the plan",
                AT.minusSeconds(60),
                List.of(
                        new Reading("lag", "pass", "version 1 0 positions behind", "at most 10", ""),
                        new Reading(
                                "errors", "hold", "0 % of 3 calls", "at most 1 % of at least 20 calls", "too few")));
    }
}
