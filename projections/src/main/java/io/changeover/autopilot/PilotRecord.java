package io.changeover.autopilot;

import io.changeover.changeover.GateReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the node that carries a changeover forward has told last.
 *
 * @param view name of the view
 * @param node node that holds the claim, or null where none does
 * @param silent whether it has not been heard of for so long that another one may take over
 * @param changeover identifier of the changeover that it looked at, or null before the first look
 * @param lookedAt when that was, or null
 * @param waitsFor what it waits for; empty where it has just done something
 * @param moved what was done last in the changeover, with its reason, or null
 * @param movedAt when that was, or null
 * @param readings what the gates said
 */
public record PilotRecord(
        String view,
        @Nullable String node,
        boolean silent,
        @Nullable String changeover,
        @Nullable Instant lookedAt,
        String waitsFor,
        @Nullable String moved,
        @Nullable Instant movedAt,
        List<GateReading> readings) {}
