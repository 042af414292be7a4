package io.changeover.comparison;

import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityReport;
import io.changeover.view.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of two versions, as far as it has come.
 *
 * @param id identifier
 * @param left one version
 * @param right the other, of the same view
 * @param keys names of the key components of the canonical record, in order
 * @param components names of all its components, in order
 * @param state what has become of it
 * @param node name of the node that works on it, or has last
 * @param actor who asked for it
 * @param reason why; may be empty
 * @param progress how far it has come, or null before its first range is committed
 * @param report what it found, or null unless it is done
 * @param note what to know beside the report, or null; a comparison that stopped early says so here
 * @param failure why it failed, or null
 * @param startedAt when it was asked for
 * @param endedAt when it ended, or null while it runs
 */
public record Comparison(
        UUID id,
        VersionId left,
        VersionId right,
        List<String> keys,
        List<String> components,
        State state,
        String node,
        String actor,
        String reason,
        @Nullable ParityProgress progress,
        @Nullable ParityReport report,
        @Nullable String note,
        @Nullable String failure,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** What has become of a comparison. */
    public enum State {
        /** It runs, waits for its turn, or will be gone on with after a crash. */
        RUNNING,
        /** It has ended with a verdict. */
        DONE,
        /** Somebody stopped it. */
        CANCELLED,
        /** It cannot go on. */
        FAILED
    }
}
