package io.changeover.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Trees written as text, with single quotes for double ones. */
final class Trees {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Trees() {}

    static ObjectNode object(String text) {
        return (ObjectNode) node(text);
    }

    static JsonNode node(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** An object schema without optional fields. */
    static ObjectNode schema(String properties) {
        ObjectNode schema = object("{'type':'object','properties':{%s}}".formatted(properties));
        schema.putArray("required")
                .addAll(schema.get("properties").propertyNames().stream()
                        .map(name -> (JsonNode) schema.stringNode(name))
                        .toList());
        return schema.put("additionalProperties", false);
    }

    /** An object schema of which no field is required. */
    static ObjectNode optional(String properties) {
        ObjectNode schema = schema(properties);
        schema.remove("required");
        return schema;
    }
}
