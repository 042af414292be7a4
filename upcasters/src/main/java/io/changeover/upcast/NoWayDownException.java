package io.changeover.upcast;

/** No declared step leads an event down to a revision that its reader knows. A retry cannot help. */
public final class NoWayDownException extends RuntimeException {

    private final Revision from;
    private final Revision stuckAt;

    NoWayDownException(Revision from, Revision stuckAt) {
        super("Event '%s' cannot be taken down below '%s': no step declares a way down from there; declare one"
                .formatted(from, stuckAt));
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
