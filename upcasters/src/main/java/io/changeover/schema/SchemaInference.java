package io.changeover.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Infers the schema of a revision whose class is gone from payloads that were stored in it.
 *
 * <p>The schema is in the shape of {@link EventSchemas} and says what was seen, no more: a field is required when all
 * payloads have it, may be null when one has it so, and has a format when all of its texts do. Whole numbers have no
 * format, because their width cannot be seen. A field that was only ever null, and the elements of a list that was
 * always empty, have the schema that allows anything. A map cannot be told from an object and is taken for one.
 */
public final class SchemaInference {

    private final Map<String, List<JsonNode>> allowed;

    private SchemaInference(Map<String, List<JsonNode>> allowed) {
        this.allowed = allowed;
    }

    /**
     * The schema that all payloads fit.
     *
     * @param payloads at least one payload of the revision
     * @throws IllegalArgumentException when there is none
     */
    public static ObjectNode infer(List<ObjectNode> payloads) {
        return infer(payloads, Map.of());
    }

    /**
     * The schema that all payloads fit, with values that are known to be all that a field may have.
     *
     * @param payloads at least one payload of the revision
     * @param allowed the values by path, such as {@code lines[].unit}; null need not be named
     * @throws IllegalArgumentException when there is no payload, no payload has a field of such a path, or one has a value
     *     there that is not allowed
     */
    public static ObjectNode infer(List<ObjectNode> payloads, Map<String, List<JsonNode>> allowed) {
        if (payloads.isEmpty()) {
            throw new IllegalArgumentException(
                    "A schema must be inferred from at least one payload but there is none; add a sample of the revision");
        }
        SchemaInference inference = new SchemaInference(new LinkedHashMap<>(allowed));
        ObjectNode schema = inference.schema(payloads, "");
        if (!inference.allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "Allowed values are told for %s but no payload has such a field; correct the path or add a sample"
                            .formatted(inference.allowed.keySet().stream()
                                    .map("'%s'"::formatted)
                                    .toList()));
        }
        return schema;
    }

    private ObjectNode schema(List<? extends JsonNode> values, String path) {
        List<JsonNode> present = new ArrayList<>(values);
        boolean nullable = present.removeIf(JsonNode::isNull);
        ObjectNode schema = Json.object();
        List<JsonNode> known = allowed.remove(path);
        if (present.isEmpty() && known == null) {
            return schema;
        }
        type(schema, types(known == null ? present : known), nullable);
        format(schema, present, known);
        restrict(schema, present, known, nullable, path);
        fields(schema, present, path);
        items(schema, present, path);
        return schema;
    }

    private static Set<String> types(List<JsonNode> values) {
        Set<String> types = new LinkedHashSet<>();
        values.stream()
                .filter(value -> !value.isNull())
                .map(SchemaInference::type)
                .sorted()
                .forEach(types::add);
        if (types.contains("number")) {
            types.remove("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default ->
                throw new IllegalArgumentException(
                        "Value %s must be one that JSON has; read the sample from text".formatted(value));
        };
    }

    private static void type(ObjectNode schema, Set<String> types, boolean nullable) {
        if (types.size() == 1 && !nullable) {
            schema.put("type", types.iterator().next());
            return;
        }
        ArrayNode all = schema.putArray("type");
        types.forEach(all::add);
        if (nullable) {
            all.add("null");
        }
    }

    private static void format(ObjectNode schema, List<JsonNode> present, @Nullable List<JsonNode> known) {
        if (known == null) {
            List<String> texts = present.stream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .toList();
            TextFormat.common(texts).ifPresent(format -> schema.put("format", format.keyword()));
        }
    }

    private static void restrict(
            ObjectNode schema, List<JsonNode> present, @Nullable List<JsonNode> known, boolean nullable, String path) {
        if (known == null) {
            return;
        }
        for (JsonNode value : present) {
            if (!known.contains(value)) {
                throw new IllegalArgumentException(
                        "Field '%s' of a payload is %s but must be one of %s; allow the value or correct the sample"
                                .formatted(path, Words.value(value), Words.values(known)));
            }
        }
        ArrayNode values = schema.putArray("enum");
        known.stream().filter(value -> !value.isNull()).forEach(values::add);
        if (nullable) {
            values.addNull();
        }
    }

    private void fields(ObjectNode schema, List<JsonNode> present, String path) {
        List<ObjectNode> objects = present.stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
        if (objects.isEmpty()) {
            return;
        }
        Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
        objects.forEach(object -> object.properties()
                .forEach(field -> byName.computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                        .add(field.getValue())));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        byName.forEach((name, values) -> {
            properties.set(name, schema(values, path.isEmpty() ? name : path + "." + name));
            if (values.size() == objects.size()) {
                required.add(name);
            }
        });
        if (required.isEmpty()) {
            schema.remove("required");
        }
        schema.put("additionalProperties", false);
    }

    private void items(ObjectNode schema, List<JsonNode> present, String path) {
        List<JsonNode> lists = present.stream().filter(JsonNode::isArray).toList();
        if (!lists.isEmpty()) {
            List<JsonNode> elements = new ArrayList<>();
            lists.forEach(list -> list.forEach(elements::add));
            schema.set("items", schema(elements, path + "[]"));
        }
    }
}
