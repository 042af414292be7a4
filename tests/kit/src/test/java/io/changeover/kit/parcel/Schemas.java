package io.changeover.kit.parcel;

import io.changeover.kit.PayloadCheck;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of revisions, and a check of types, fields and allowed values that is enough for the tests here.
 *
 * @param byRevision by the text of their revision
 */
public record Schemas(Map<String, ObjectNode> byRevision)
        implements PayloadCheck, Function<Revision, Optional<ObjectNode>> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Schemas by turns with the revision that each is of. */
    public static Schemas of(String... revisionsAndSchemas) {
        Map<String, ObjectNode> byRevision = new LinkedHashMap<>();
        for (int i = 0; i < revisionsAndSchemas.length; i += 2) {
            byRevision.put(revisionsAndSchemas[i], (ObjectNode) JSON.readTree(revisionsAndSchemas[i + 1]));
        }
        return new Schemas(byRevision);
    }

    /** Schemas of two revisions of {@code thing.seen}. */
    public static Schemas ofThing(String first, String second) {
        return of("thing.seen@1", first, "thing.seen@2", second);
    }

    @Override
    public Optional<ObjectNode> apply(Revision revision) {
        return Optional.ofNullable(byRevision.get(revision.toString()));
    }

    @Override
    public List<String> violations(Revision revision, JsonNode payload) {
        List<String> violations = new ArrayList<>();
        check(apply(revision).orElseThrow(), payload, "payload", violations);
        return violations;
    }

    private static void check(JsonNode schema, JsonNode value, String path, List<String> violations) {
        JsonNode type = schema.path("type");
        boolean typed = type.isMissingNode()
                || (type.isArray() && type.valueStream().anyMatch(each -> is(value, each.asString())))
                || is(value, type.asString(""));
        if (!typed) {
            violations.add("%s is %s but must be of type %s".formatted(path, value, type));
            return;
        }
        if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
            violations.add("%s is %s but must be one of %s".formatted(path, value, schema.get("enum")));
        }
        if (value.isArray()) {
            value.forEach(element -> check(schema.path("items"), element, path + "[]", violations));
        }
        if (value.isObject()) {
            object(schema, value, path, violations);
        }
    }

    private static void object(JsonNode schema, JsonNode value, String path, List<String> violations) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                violations.add("%s has no '%s'".formatted(path, name.asString()));
            }
        });
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (!known.isMissingNode() || others.isObject()) {
                check(
                        known.isMissingNode() ? others : known,
                        field.getValue(),
                        path + "." + field.getKey(),
                        violations);
            } else if (others.isBoolean() && !others.asBoolean()) {
                violations.add("%s has an unknown '%s'".formatted(path, field.getKey()));
            }
        });
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "null" -> value.isNull();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "string" -> value.isString();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> false;
        };
    }
}
