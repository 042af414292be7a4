package io.changeover.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a schema into the one shape that this package reads: keywords in a fixed order so that a change shows as a small
 * difference of text, and {@code null} as one of the types rather than as an alternative.
 */
final class UniformShape {

    private static final List<String> ORDER = List.of(
            "type", "format", "enum", "properties", "required", "additionalProperties", "items", Shape.SENSITIVE);

    private UniformShape() {}

    static ObjectNode of(ObjectNode schema) {
        ObjectNode flat = withoutAlternatives(schema);
        ObjectNode result = Json.object();
        flat.propertyNames().stream()
                .filter(keyword -> !ORDER.contains(keyword))
                .forEach(keyword -> {
                    // Left out, it would make the schema say less than the class without anybody's noticing.
                    throw new IllegalStateException("Keyword '%s' in %s must be one of %s; teach the shape to hold it"
                            .formatted(keyword, schema, ORDER));
                });
        for (String keyword : ORDER) {
            JsonNode value = flat.get(keyword);
            if (value != null) {
                result.set(keyword, value(keyword, value));
            }
        }
        return result;
    }

    private static JsonNode value(String keyword, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            return value.deepCopy();
        }
        if (!keyword.equals("properties")) {
            return of(object);
        }
        ObjectNode properties = Json.object();
        object.properties()
                .forEach(property -> properties.set(property.getKey(), of((ObjectNode) property.getValue())));
        return properties;
    }

    /** The generator writes a nullable enum as {@code anyOf} of null and the enum. */
    private static ObjectNode withoutAlternatives(ObjectNode schema) {
        if (!(schema.get("anyOf") instanceof ArrayNode alternatives)) {
            return schema;
        }
        ObjectNode flat = schema.deepCopy();
        flat.remove("anyOf");
        for (JsonNode alternative : alternatives) {
            if (alternative.has("enum")) {
                flat.setAll((ObjectNode) alternative.deepCopy());
                flat.putArray("type").add(alternative.get("type")).add("null");
                flat.withArray("enum").addNull();
            }
        }
        return flat;
    }
}
