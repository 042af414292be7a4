package io.changeover.projection;

import org.jspecify.annotations.Nullable;

/**
 * Where a version stands, as the database remembers it.
 *
 * @param stage how far its building has come
 * @param horizon position at which its backfill ends
 * @param failure why its backfill stopped, or null
 */
public record VersionState(Stage stage, long horizon, @Nullable String failure) {

    /** Stages of a version that was begun. */
    public enum Stage {
        /** Being built from history, or to be resumed. */
        BACKFILLING,
        /** Complete and following live events. */
        LIVE,
        /** The backfill has stopped with an error; asking for it again resumes it. */
        FAILED
    }
}
