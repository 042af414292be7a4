package io.changeover.freshness;

import io.changeover.view.VersionId;
import java.io.Serial;
import java.time.Duration;
import java.util.Locale;

/**
 * No version can answer now with what the reader has written or seen. Nothing was answered, least of all something older.
 * A retry helps where the outcome says so.
 */
public final class ReadBehindException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why a version cannot answer. */
    public enum Outcome {
        /** It gets on, but did not come far enough in time; a retry helps. */
        TIMED_OUT,
        /** It is being built, or was taken away; a retry helps once it is live. */
        REBUILDING,
        /** It has stopped, or has put the event aside; a retry helps once a person has mended that. */
        FAILED;

        /** Lower-case name with hyphens, as people see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String view;
    private final int version;
    private final long wanted;
    private final long reached;
    private final Outcome outcome;

    private ReadBehindException(VersionId id, long wanted, long reached, Outcome outcome, String message) {
        super(message);
        this.view = id.view();
        this.version = id.version();
        this.wanted = wanted;
        this.reached = reached;
        this.outcome = outcome;
    }

    static ReadBehindException timedOut(VersionId id, long wanted, long reached, Duration patience) {
        return new ReadBehindException(
                id,
                wanted,
                reached,
                Outcome.TIMED_OUT,
                "Version '%s' is at position %d but the reader must not miss position %d, and %d ms were not enough to get there; ask again in a moment"
                        .formatted(id, reached, wanted, patience.toMillis()));
    }

    static ReadBehindException rebuilding(VersionId id, long wanted, long reached, String how) {
        return new ReadBehindException(
                id,
                wanted,
                reached,
                Outcome.REBUILDING,
                "Version '%s' %s, so it cannot show position %d; ask again once it is live, or read another version"
                        .formatted(id, how, wanted));
    }

    static ReadBehindException failed(VersionId id, long wanted, long reached, String why) {
        return new ReadBehindException(
                id,
                wanted,
                reached,
                Outcome.FAILED,
                "Version '%s' cannot show position %d: %s".formatted(id, wanted, why));
    }

    /** The view that was asked. */
    public String view() {
        return view;
    }

    /** Number of the version that was to answer. */
    public int version() {
        return version;
    }

    /** Position that the reader must not miss. */
    public long wanted() {
        return wanted;
    }

    /** Position up to which the version had applied everything when it was last looked at; 0 where nobody knows. */
    public long reached() {
        return reached;
    }

    /** Why it cannot answer. */
    public Outcome outcome() {
        return outcome;
    }
}
