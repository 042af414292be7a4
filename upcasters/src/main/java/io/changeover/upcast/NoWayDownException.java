package io.changeover.upcast;

import org.jspecify.annotations.Nullable;

/** No declared step leads an event down to a revision that its reader knows. A retry cannot help. */
public final class NoWayDownException extends RuntimeException {

    private final transient Revision from;
    private final transient Revision stuckAt;

    NoWayDownException(Revision from, Revision stuckAt, @Nullable String reason) {
        super("Event '%s' cannot be taken down below '%s': %s"
                .formatted(
                        from,
                        stuckAt,
                        reason == null ? "no step declares a way down from there; declare one" : reason));
        this.from = from;
        this.stuckAt = stuckAt;
    }

    /** The revision that was to be taken down. */
    public Revision from() {
        return from;
    }

    /** The lowest revision that was reached. */
    public Revision stuckAt() {
        return stuckAt;
    }
}
