package io.changeover.upcast;

import tools.jackson.databind.node.ObjectNode;

/**
 * An event's payload as a tree, in the revision that it has at this point of a chain.
 *
 * @param name stable event name
 * @param revision revision of the payload; the empty string stands for an event that was stored without one
 * @param payload the payload; a step may change the tree that it was given, because it is given its own copy
 */
public record EventTree(String name, String revision, ObjectNode payload) {

    /** The same name and revision with another payload. */
    public EventTree withPayload(ObjectNode changed) {
        return new EventTree(name, revision, changed);
    }

    Revision key() {
        return new Revision(name, revision);
    }
}
