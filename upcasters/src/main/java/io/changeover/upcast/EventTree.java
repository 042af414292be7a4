package io.changeover.upcast;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event's payload as a tree, in the revision that it has at this point of a chain.
 *
 * @param name stable event name
 * @param revision revision of the payload; null for an event that was stored without one
 * @param payload the payload; a step changes the tree that it was given, so whoever needs it afterwards keeps a copy
 */
public record EventTree(String name, @Nullable String revision, ObjectNode payload) {

    /** A payload in the given revision. */
    public static EventTree of(Revision revision, ObjectNode payload) {
        return new EventTree(revision.name(), revision.revision(), payload);
    }

    /** The revision that the payload is in. */
    public Revision key() {
        return new Revision(name, revision);
    }

    /** The same event with a payload of its own, so that the original survives a step. */
    public EventTree copy() {
        return new EventTree(name, revision, payload.deepCopy());
    }
}
