package io.changeover.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One schema of the kind that this package writes, as its readers ask about it.
 *
 * @param node the schema; a boolean or missing one counts as one that allows anything
 */
record Shape(JsonNode node) {

    static final String SENSITIVE = "x-sensitive";

    static Shape of(JsonNode node) {
        return new Shape(node);
    }

    static Shape anything() {
        return new Shape(Json.object());
    }

    boolean allowsAnything() {
        return !node.has("type");
    }

    /** The types without null, in the order of the schema. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>(written());
        types.remove("null");
        return types;
    }

    boolean nullable() {
        return allowsAnything() || written().contains("null");
    }

    /** Whether the value is of a type that is allowed here, whatever else may be wrong with it. */
    boolean allowsType(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> nullable();
            case NUMBER -> types().contains("number") || (value.isIntegralNumber() && types().contains("integer"));
            default -> types().contains(value.getNodeType().name().toLowerCase(Locale.ROOT));
        };
    }

    private List<String> written() {
        JsonNode type = node.path("type");
        List<String> types = new ArrayList<>();
        if (type.isString()) {
            types.add(type.stringValue());
        }
        type.forEach(each -> types.add(each.stringValue()));
        return types;
    }

    Optional<String> format() {
        return node.path("format").stringValueOpt();
    }

    /** The allowed values without null; empty where the type allows all of its values. */
    Set<JsonNode> allowed() {
        Set<JsonNode> values = new LinkedHashSet<>();
        node.path("enum").forEach(value -> {
            if (!value.isNull()) {
                values.add(value);
            }
        });
        return values;
    }

    Map<String, Shape> properties() {
        Map<String, Shape> properties = new LinkedHashMap<>();
        node.path("properties").properties().forEach(entry -> properties.put(entry.getKey(), of(entry.getValue())));
        return properties;
    }

    boolean requires(String property) {
        for (JsonNode name : node.path("required")) {
            if (name.isString() && name.stringValue().equals(property)) {
                return true;
            }
        }
        return false;
    }

    /** The schema of the values of a map; empty for what is no map. */
    Optional<Shape> values() {
        return node.get("additionalProperties") instanceof ObjectNode values
                ? Optional.of(of(values))
                : Optional.empty();
    }

    /** The schema of the elements of a list; anything where none is known. */
    Shape items() {
        return node.get("items") instanceof ObjectNode items ? of(items) : anything();
    }

    /** The schema of a field of an object or a map; anything where it knows none. */
    Shape field(String name) {
        Shape property = properties().get(name);
        return property == null ? values().orElseGet(Shape::anything) : property;
    }

    boolean sensitive() {
        return node.path(SENSITIVE).asBoolean(false);
    }

    /** Whether this or something within it is sensitive. */
    boolean holdsSensitive() {
        return sensitive()
                || (types().contains("array") && items().holdsSensitive())
                || values().map(Shape::holdsSensitive).orElse(false)
                || properties().values().stream().anyMatch(Shape::holdsSensitive);
    }
}
