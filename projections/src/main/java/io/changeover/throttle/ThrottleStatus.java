package io.changeover.throttle;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A moment of the throttle of one node.
 *
 * @param node the node that it holds for; each has its own
 * @param state what becomes of work now
 * @param share how much work is done at once, in workers; below 1, one worker that rests between its pieces
 * @param workers workers that may be busy at once
 * @param working workers that are there now, busy or at rest
 * @param signals what the signals show
 * @param vetoes why work stops; empty when it does not
 * @param limits the limits that hold
 * @param totals sums since the node started
 */
public record ThrottleStatus(
        String node,
        State state,
        double share,
        int workers,
        int working,
        List<Signal> signals,
        List<Veto> vetoes,
        ThrottleLimits limits,
        Totals totals) {

    /** What becomes of work. */
    public enum State {
        /** There is none. */
        IDLE,
        /** Nothing holds it up. */
        FULL,
        /** It rests between its pieces. */
        LIMITED,
        /** It rests for a moment, so that live traffic is heard undisturbed. */
        LISTENING,
        /** It stops until the vetoes are gone. */
        STOPPED
    }

    /**
     * A signal.
     *
     * @param name its name
     * @param state what it wants
     * @param value measured value, or null when it could not be read
     * @param limit its limit, or null where it has none
     * @param unit unit of both
     * @param text what was measured, or why it could not be
     */
    public record Signal(
            String name, Wish state, @Nullable Double value, @Nullable Double limit, String unit, String text) {}

    /** What a signal wants of the work. */
    public enum Wish {
        /** It may grow. */
        GROW,
        /** It may stay as it is. */
        KEEP,
        /** It must shrink. */
        SHRINK,
        /** It must stop. */
        STOP
    }

    /**
     * Why work stops.
     *
     * @param signal name of the signal, or {@code operator} when somebody stopped it by hand
     * @param reason what the signal shows and when work goes on
     */
    public record Veto(String signal, String reason) {}

    /**
     * Sums since the node started, over all workers.
     *
     * @param events events that were worked on
     * @param busy time at work
     * @param rested time at rest because of the throttle
     * @param shrinks how often a signal made the work shrink
     * @param stops how often a signal made it stop
     */
    public record Totals(long events, Duration busy, Duration rested, long shrinks, long stops) {}
}
