package io.changeover.upcast;

import org.jspecify.annotations.Nullable;

/**
 * One revision of one event type.
 *
 * @param name stable event name
 * @param revision revision as stored; null where none was stored, which is not the same as an empty one: both occur in
 *     real history
 */
public record Revision(String name, @Nullable String revision) {

    /** The revision with the given number. */
    public static Revision of(String name, int revision) {
        return new Revision(name, Integer.toString(revision));
    }

    /** Events of this name that were stored without a revision. */
    public static Revision none(String name) {
        return new Revision(name, null);
    }

    /** Events of this name whose stored revision is the empty string. */
    public static Revision empty(String name) {
        return new Revision(name, "");
    }

    /** Reads as {@code order.placed@2}, {@code order.placed without revision} or {@code order.placed@''}. */
    @Override
    public String toString() {
        if (revision == null) {
            return name + " without revision";
        }
        return name + "@" + (revision.isEmpty() ? "''" : revision);
    }
}
