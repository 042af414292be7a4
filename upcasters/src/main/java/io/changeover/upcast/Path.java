package io.changeover.upcast;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a value is in a payload: names joined by dots; a question mark at the end says that it may be absent. */
final class Path {

    private static final Pattern DOT = Pattern.compile("\\.");

    private final String text;
    private final String[] parents;
    private final String leaf;
    private final boolean optional;

    private Path(String text, String[] parents, String leaf, boolean optional) {
        this.text = text;
        this.parents = parents;
        this.leaf = leaf;
        this.optional = optional;
    }

    static Path of(String written) {
        boolean optional = written.endsWith("?");
        String text = optional ? written.substring(0, written.length() - 1) : written;
        String[] names = DOT.split(text, -1);
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "Path '%s' must be names joined by dots, such as 'contact.givenName', with '?' at the end where the value may be absent; correct it"
                                .formatted(written));
            }
        }
        String[] parents = java.util.Arrays.copyOf(names, names.length - 1);
        return new Path(text, parents, names[names.length - 1], optional);
    }

    /** The name of the payload's own field in which the value lies, or which it is. */
    String root() {
        return parents.length == 0 ? leaf : parents[0];
    }

    boolean isTopLevel() {
        return parents.length == 0;
    }

    String leaf() {
        return leaf;
    }

    /** The path of a neighbour in the same object. */
    Path sibling(String name) {
        String written = parents.length == 0 ? name : String.join(".", parents) + "." + name;
        return of(optional ? written + "?" : written);
    }

    @Nullable
    JsonNode get(ObjectNode payload) {
        ObjectNode parent = parent(payload);
        JsonNode value = parent == null ? null : parent.get(leaf);
        return value == null ? absent() : value;
    }

    /** Takes the value out; null where it is absent and may be. */
    @Nullable
    JsonNode take(ObjectNode payload) {
        ObjectNode parent = parent(payload);
        JsonNode value = parent == null ? null : parent.remove(leaf);
        return value == null ? absent() : value;
    }

    void set(ObjectNode payload, JsonNode value) {
        makeParent(payload).set(leaf, value);
    }

    private ObjectNode makeParent(ObjectNode payload) {
        ObjectNode at = payload;
        for (String name : parents) {
            JsonNode next = at.get(name);
            at = next == null ? at.putObject(name) : object(next, name);
        }
        return at;
    }

    /** Sets a value where there must be none yet, so that nothing is overwritten in silence. */
    void put(ObjectNode payload, JsonNode value) {
        ObjectNode parent = parents.length == 0 ? payload : makeParent(payload);
        JsonNode overwritten = parent.replace(leaf, value);
        if (overwritten != null) {
            parent.set(leaf, overwritten);
            throw new StepRefusedException(
                    text, "field '%s' exists already and would be overwritten; move it away first".formatted(text));
        }
    }

    private @Nullable ObjectNode parent(ObjectNode payload) {
        ObjectNode at = payload;
        for (String name : parents) {
            JsonNode next = at.get(name);
            if (next == null || next.isNull()) {
                return null;
            }
            at = object(next, name);
        }
        return at;
    }

    private ObjectNode object(JsonNode node, String name) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new StepRefusedException(
                text,
                "field '%s' is %s but '%s' needs an object there; correct the path or convert the field first"
                        .formatted(name, Trees.brief(node), text));
    }

    private @Nullable JsonNode absent() {
        if (optional) {
            return null;
        }
        throw new StepRefusedException(
                text,
                "field '%s' is missing; write '%s?' in the step if some events do not have it".formatted(text, text));
    }

    @Override
    public String toString() {
        return text;
    }
}
