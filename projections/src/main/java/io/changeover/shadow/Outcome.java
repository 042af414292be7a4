package io.changeover.shadow;

import java.util.Locale;

/** What became of a sampled call. Each one ends in exactly one of these. */
public enum Outcome {
    /** Both versions answered the same. */
    SAME,
    /** They did not, and nothing excuses that. */
    DIFFERENT,
    /** They did not, and events that one of them has not applied yet may be why. */
    IN_FLIGHT,
    /** The version that serves contradicts itself, so nothing can be said of the other one. */
    NOISE,
    /** What the method returns cannot be compared. */
    NOT_COMPARABLE,
    /** Left out, because too many calls waited. */
    DROPPED_QUEUE,
    /** Left out, because others waited for a connection. */
    DROPPED_POOL,
    /** Left out, because it could not be asked: the database failed, or the node stopped. */
    DROPPED_FAILED;

    /** Whether the call was left out. */
    public boolean dropped() {
        return name().startsWith("DROPPED");
    }

    /** Lower-case name, as it is kept and people see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
