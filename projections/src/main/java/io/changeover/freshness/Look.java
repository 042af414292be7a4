package io.changeover.freshness;

import io.changeover.projection.VersionState.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a version has shown.
 *
 * @param stage how far its building has come; null for a version that was never begun
 * @param failure why it has stopped, or null where it gets on
 * @param low position up to which everything is applied
 * @param high position up to which anything may be applied
 * @param letters whether events wait as dead letters
 */
record Look(@Nullable Stage stage, @Nullable String failure, long low, long high, boolean letters) {

    boolean follows() {
        return stage != null && stage.isBuilt();
    }

    /** Position up to which it answers whatever is asked; 0 where each question has to be looked into. */
    long claim() {
        return follows() && !letters ? low : 0;
    }
}
