package io.changeover.upcast;

/**
 * One revision of one event type.
 *
 * @param name stable event name
 * @param revision revision as stored; the empty string where none was stored
 */
public record Revision(String name, String revision) {

    /** The revision with the given number. */
    public static Revision of(String name, int revision) {
        return new Revision(name, Integer.toString(revision));
    }

    @Override
    public String toString() {
        return name + "@" + revision;
    }
}
