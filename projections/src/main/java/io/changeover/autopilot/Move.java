package io.changeover.autopilot;

import io.changeover.changeover.GateReading;
import java.util.List;
import java.util.Locale;

/**
 * Something that is done about a changeover.
 *
 * @param kind what
 * @param percent share of readers that the new version serves after it
 * @param reason why, for the audit trail
 * @param readings what the gates saw
 * @param commandId names the move among all, the same on every node, so that two of them do one thing; empty for one that
 *     changes nothing when it comes again
 */
record Move(Kind kind, int percent, String reason, List<GateReading> readings, String commandId) {

    /** What is done. */
    enum Kind {
        PREPARE,
        START_BACKFILL,
        BUILD,
        FAIL,
        CONFIRM_CAUGHT_UP,
        REHEARSE,
        PROVE_WAY_BACK,
        SHIFT,
        START_SOAK,
        COMPLETE,
        PAUSE,
        STEP_BACK,
        ROLL_BACK,
        CONFIRM_ROLLBACK;

        /** Lower-case name with hyphens, as people see it. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Copies the list. */
    Move {
        readings = List.copyOf(readings);
    }

    /** What it is, as people see it. */
    String text() {
        return kind == Kind.SHIFT || kind == Kind.STEP_BACK
                ? "%s to %d %%".formatted(kind.text(), percent)
                : kind.text();
    }
}
