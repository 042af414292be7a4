package io.changeover.examples.orders.revision;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Moves fields that only change their name or place. */
final class Fields {

    private Fields() {}

    static void rename(ObjectNode payload, String from, String to) {
        payload.set(to, payload.required(from));
        payload.remove(from);
    }

    static void move(ObjectNode from, ObjectNode to, List<String> names) {
        for (String name : names) {
            to.set(name, from.required(name));
            from.remove(name);
        }
    }

    static ObjectNode object(ObjectNode payload, String name) {
        if (payload.required(name) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(
                "field '%s' is %s but must be an object; correct the stored payload by a step of its own"
                        .formatted(name, payload.get(name)));
    }
}
