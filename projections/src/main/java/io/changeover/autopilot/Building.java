package io.changeover.autopilot;

/**
 * How far the new version's backfill has come.
 *
 * @param state where it stands
 * @param detail in words what there is to know: progress, cause of a failure, or number of dead letters
 */
public record Building(State state, String detail) {

    /** Where a backfill stands. */
    public enum State {
        /** It is under way, here or on another node that is up. */
        UNDER_WAY,
        /** No node works on it, or it is over and nobody has told the changeover yet. */
        FORSAKEN,
        /** It has failed. */
        FAILED,
        /** A person has paused or cancelled it. */
        STOPPED,
        /** It is over, but events wait as dead letters. */
        INCOMPLETE
    }
}
