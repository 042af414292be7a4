package io.changeover.catalog;

/**
 * What a new revision of an event must keep. A direction counts as kept where the payload fits as it is, or where a step
 * leads that way.
 */
public enum Compatibility {
    /** Nothing is promised. */
    NONE(false, false, false),
    /** Today's class reads the revision before. */
    BACKWARD(true, false, false),
    /** Today's class reads every earlier revision. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** A reader of the revision before reads today's events. */
    FORWARD(false, true, false),
    /** A reader of any earlier revision reads today's events. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both directions, to the revision before. */
    FULL(true, true, false),
    /** Both directions, to every earlier revision. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Whether today's class must read earlier revisions. */
    public boolean backward() {
        return backward;
    }

    /** Whether readers of earlier revisions must read today's events. */
    public boolean forward() {
        return forward;
    }

    /** Whether every earlier revision counts, not only the one before. */
    public boolean transitive() {
        return transitive;
    }
}
