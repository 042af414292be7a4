package io.changeover.upcast;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings examples back to the payload that they are meant for. A step further along a chain has its examples in its own
 * shape, so they must be taken back through what lies before it. What comes back carries the faults of that way too: a
 * field that the way down forgets, a value that it makes up. Taken as it is, it would hide them from the very check that
 * it is made for. So the payload goes the way twice, without the examples and with them, and only the difference counts.
 */
public final class ExampleMerge {

    private ExampleMerge() {}

    /**
     * Puts into a payload what the examples make of it, and leaves everything else.
     *
     * @param payload is changed
     * @param without the payload as it comes back without the examples
     * @param with the payload as it comes back with them
     */
    public static void into(ObjectNode payload, ObjectNode without, ObjectNode with) {
        Set<String> names = new LinkedHashSet<>(payload.propertyNames());
        names.addAll(without.propertyNames());
        names.addAll(with.propertyNames());
        for (String name : names) {
            JsonNode merged = merged(payload.get(name), without.get(name), with.get(name));
            if (merged == null) {
                payload.remove(name);
            } else {
                payload.set(name, merged);
            }
        }
    }

    private static @Nullable JsonNode merged(
            @Nullable JsonNode own, @Nullable JsonNode without, @Nullable JsonNode with) {
        if (without == null ? with == null : without.equals(with)) {
            return own;
        }
        if (own instanceof ObjectNode payload
                && without instanceof ObjectNode base
                && with instanceof ObjectNode wanted) {
            into(payload, base, wanted);
            return payload;
        }
        if (own instanceof ArrayNode list
                && without instanceof ArrayNode base
                && with instanceof ArrayNode wanted
                && list.size() == base.size()
                && base.size() == wanted.size()) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode element = merged(list.get(i), base.get(i), wanted.get(i));
                list.set(i, element == null ? list.nullNode() : element);
            }
            return list;
        }
        return with;
    }
}
