package io.changeover.autopilot;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision rests on.
 *
 * @param attempt an open changeover with a plan
 * @param toMove what the gates say that must pass before the next transition
 * @param toStay what the gates say whose refusal is a breach; empty while no reader has moved
 * @param building how far the backfill has come; null but while it is the changeover's phase
 * @param verification the comparison that this node makes
 * @param moved what was done last in this changeover by whichever node, or null
 * @param now the time
 */
record Situation(
        Attempt attempt,
        List<GateReading> toMove,
        List<GateReading> toStay,
        @Nullable Building building,
        Verification verification,
        @Nullable String moved,
        Instant now) {}
