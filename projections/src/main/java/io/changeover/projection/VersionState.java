package io.changeover.projection;

import org.jspecify.annotations.Nullable;

/**
 * Where a version stands, as the database remembers it.
 *
 * @param stage how far its building has come
 * @param horizon position at which its backfill ends
 * @param reached position up to which its backfill had come in memory when it was last heard of, committed or not
 * @param failure why its backfill stopped, or null
 */
public record VersionState(Stage stage, long horizon, long reached, @Nullable String failure) {

    /** Stages of a version that was begun. */
    public enum Stage {
        /** Being built from history, or to be resumed. */
        BACKFILLING,
        /** A person has stopped it; it goes on from its last checkpoint when asked for again. */
        PAUSED,
        /** A person has stopped it and what was built is gone; it begins anew when asked for again. */
        CANCELLED,
        /** Built and following live events, but some wait as dead letters. */
        INCOMPLETE,
        /** Complete and following live events. */
        LIVE,
        /** The backfill has stopped with an error; asking for it again resumes it. */
        FAILED,
        /** Given up: built, but not followed any more, and its table has another name until it is restored or dropped. */
        PURGED;

        /** Whether it follows live events. */
        public boolean isBuilt() {
            return this == LIVE || this == INCOMPLETE;
        }

        /** Whether a person has stopped it or given it up, which only a person takes back. */
        public boolean isStopped() {
            return this == PAUSED || this == CANCELLED || this == PURGED;
        }
    }
}
