package io.changeover.operation;

import io.changeover.changeover.GateReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a changeover is carried forward.
 *
 * @param view name of the view
 * @param changeover identifier of the changeover
 * @param plan name of its plan
 * @param phase phase that it is in, such as {@code shifting}
 * @param percent share of readers served by the new version
 * @param node node that carries it, or null where none does at this moment
 * @param lookedAt when it was looked at last, or null where it has not been yet
 * @param waitsFor what is waited for; empty where something has just been done
 * @param moved what was done last and why, or null
 * @param movedAt when that was, or null
 * @param readings what the gates said at that look
 */
public record AutopilotStatus(
        String view,
        String changeover,
        String plan,
        String phase,
        int percent,
        @Nullable String node,
        @Nullable Instant lookedAt,
        String waitsFor,
        @Nullable String moved,
        @Nullable Instant movedAt,
        List<Reading> readings) {

    /** Copies the list. */
    public AutopilotStatus {
        readings = List.copyOf(readings);
    }

    /**
     * What a gate said.
     *
     * @param gate its name
     * @param verdict {@code pass}, {@code hold} or {@code refuse}
     * @param measured the figure that it saw
     * @param required what it asks for
     * @param reason what that means; empty where it passes
     */
    public record Reading(String gate, String verdict, String measured, String required, String reason) {

        static Reading of(GateReading reading) {
            return new Reading(
                    reading.gate(), reading.verdict().text(), reading.measured(), reading.required(), reading.reason());
        }
    }
}
