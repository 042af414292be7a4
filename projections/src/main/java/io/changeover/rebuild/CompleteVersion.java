package io.changeover.rebuild;

import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.view.VersionId;

/** What holds for a version before its rows are folded again in part. */
public final class CompleteVersion {

    private CompleteVersion() {}

    /**
     * Makes sure that no backfill owns the version's rows.
     *
     * @throws RebuildRefusedException when the version was never built, or is still being built
     */
    public static void require(VersionId id, VersionStates states) {
        VersionState state = states.find(id)
                .orElseThrow(() -> new RebuildRefusedException(
                        "not-built",
                        "Version '%s' has not been built, and only a complete version can be rebuilt in part; declare a changeover to it and run its backfill"
                                .formatted(id)));
        switch (state.stage()) {
            case LIVE, INCOMPLETE -> {}
            case PURGED ->
                throw new RebuildRefusedException(
                        "purged",
                        "Version '%s' is purged, and its rows lie under another name and follow nothing; restore it first"
                                .formatted(id));
            case PAUSED, CANCELLED ->
                throw new RebuildRefusedException(
                        "still-building",
                        "The backfill of '%s' was stopped by a person, and until it is done its rows belong to it; resume the backfill, or abort the changeover"
                                .formatted(id));
            case BACKFILLING ->
                throw new RebuildRefusedException(
                        "still-building",
                        "Version '%s' is being built from history, and until that is done its rows belong to the backfill; wait until it is live, or abort the changeover"
                                .formatted(id));
            case FAILED ->
                throw new RebuildRefusedException(
                        "still-building",
                        "The backfill of '%s' has stopped before its end, and until it is done its rows belong to it; mend what stopped it and ask for the backfill again, or abort the changeover"
                                .formatted(id));
        }
    }
}
