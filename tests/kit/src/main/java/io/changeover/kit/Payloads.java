package io.changeover.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payloads that fit a schema and are made to find faults: fields that may be absent are, texts are empty, long or in
 * other scripts, numbers lie at the edge of their range, lists are empty or long.
 *
 * <p>Known of JSON Schema are {@code type} (one or several), {@code format} (date, date-time, date-time-local,
 * time-local, uuid, int32, int64), {@code enum}, {@code const}, {@code properties}, {@code required},
 * {@code additionalProperties}, {@code items} and {@code anyOf}. A schema without any of them stands for any scalar.
 * Whole numbers without format stay within 32 bits, as a schema that was inferred from samples cannot say more. Dates
 * with time are written as {@link java.time.Instant} is, at offset Z.
 */
public final class Payloads {

    private static final Set<String> KNOWN = Set.of(
            "type", "format", "enum", "const", "properties", "required", "additionalProperties", "items", "anyOf");
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int GENERATION_SIZE = 1000;
    private static final int MAX_FEW = 4;
    private static final int MAX_MANY = 40;

    private Payloads() {}

    /**
     * Payloads that fit the schema; the same ones for the same seed.
     *
     * @param schema of type object
     * @param count 0 or greater
     * @throws IllegalArgumentException when the schema has a keyword or format that is not known here, with its path
     */
    public static List<ObjectNode> of(ObjectNode schema, int count, long seed) {
        List<ObjectNode> payloads = new ArrayList<>(count);
        inSession(() -> {
            RandomGenerator<ObjectNode> generator = generator(schema);
            Random random = new Random(seed);
            for (int i = 0; i < count; i++) {
                payloads.add(generator.next(random).value());
            }
        });
        return payloads;
    }

    /** Runs the work in the session that generators need, whether it was begun already or not. */
    static void inSession(Runnable work) {
        if (JqwikSession.isActive()) {
            work.run();
        } else {
            JqwikSession.run(work::run);
        }
    }

    /** A generator whose payloads are as a store would hand them out; works in a session alone. */
    static RandomGenerator<ObjectNode> generator(ObjectNode schema) {
        return any(schema, "")
                .map(node -> {
                    if (node instanceof ObjectNode payload) {
                        return Json.stored(payload);
                    }
                    throw new IllegalArgumentException(
                            "a payload must be an object but the schema %s allows %s; correct the schema"
                                    .formatted(schema, node));
                })
                .generator(GENERATION_SIZE, false);
    }

    private static Arbitrary<JsonNode> any(JsonNode schema, String path) {
        requireKnown(schema, path);
        if (schema.has("const")) {
            return Arbitraries.just(schema.get("const"));
        }
        if (schema.get("enum") instanceof ArrayNode values) {
            return Arbitraries.of(values.valueStream().toList());
        }
        if (schema.get("anyOf") instanceof ArrayNode alternatives) {
            return alternatives(alternatives
                    .valueStream()
                    .map(alternative -> any(alternative, path))
                    .toList());
        }
        return alternatives(
                types(schema).stream().map(type -> typed(type, schema, path)).toList());
    }

    private static void requireKnown(JsonNode schema, String path) {
        for (String keyword : schema.propertyNames()) {
            if (!KNOWN.contains(keyword) && !ANNOTATIONS.contains(keyword) && !keyword.startsWith("x-")) {
                throw refused(path, "keyword '%s'".formatted(keyword), "one of %s".formatted(sorted(KNOWN)));
            }
        }
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private static IllegalArgumentException refused(String path, String what, String rule) {
        return new IllegalArgumentException("%s of the schema%s must be %s to be generated; say it in these terms"
                .formatted(what, path.isEmpty() ? "" : " at '" + path + "'", rule));
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        if (type == null) {
            return schema.has("properties")
                    ? List.of("object")
                    : List.of("null", "boolean", "integer", "number", "string");
        }
        return type.isArray() ? type.valueStream().map(JsonNode::stringValue).toList() : List.of(type.stringValue());
    }

    private static Arbitrary<JsonNode> alternatives(List<Arbitrary<JsonNode>> all) {
        return all.size() == 1 ? all.get(0) : Arbitraries.oneOf(all);
    }

    private static Arbitrary<JsonNode> typed(String type, JsonNode schema, String path) {
        return switch (type) {
            case "null" -> Arbitraries.just(NODES.nullNode());
            case "boolean" -> Arbitraries.of(false, true).map(NODES::booleanNode);
            case "integer" -> integers(schema, path);
            case "number" -> numbers();
            case "string" -> texts(schema, path);
            case "array" -> lists(schema, path);
            case "object" -> objects(schema, path);
            default ->
                throw refused(
                        path,
                        "type '%s'".formatted(type),
                        "one of [array, boolean, integer, null, number, object, string]");
        };
    }

    private static Arbitrary<JsonNode> integers(JsonNode schema, String path) {
        String format = schema.path("format").asString("int32");
        return switch (format) {
            case "int32" -> within(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "int64" -> within(Long.MIN_VALUE, Long.MAX_VALUE);
            default -> throw refused(path, "format '%s' of an integer".formatted(format), "int32 or int64");
        };
    }

    private static Arbitrary<JsonNode> within(long min, long max) {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.of(0L, 1L, -1L, max, min)),
                        Tuple.of(2, Arbitraries.longs().between(-1000, 1000)),
                        Tuple.of(2, Arbitraries.longs().between(min, max)))
                .map(NODES::numberNode);
    }

    private static Arbitrary<JsonNode> numbers() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        0.0,
                                        -0.0,
                                        0.1,
                                        -0.1,
                                        1e-7,
                                        34.470000000000006,
                                        1e21,
                                        Double.MIN_VALUE,
                                        Double.MAX_VALUE)),
                        Tuple.of(
                                3,
                                Arbitraries.longs()
                                        .between(-1_000_000, 1_000_000)
                                        .map(cents -> cents / 100.0)),
                        Tuple.of(1, Arbitraries.doubles()))
                .map(NODES::numberNode)
                .map(JsonNode.class::cast)
                .flatMap(number -> Arbitraries.of(number, NODES.numberNode((int) number.doubleValue())));
    }

    private static Arbitrary<JsonNode> texts(JsonNode schema, String path) {
        JsonNode format = schema.get("format");
        Arbitrary<String> texts = format == null
                ? Texts.any()
                : Texts.inFormat(format.asString())
                        .orElseThrow(() -> refused(
                                path,
                                "format '%s' of a string".formatted(format.asString()),
                                "date, date-time, date-time-local, time-local or uuid"));
        return texts.map(NODES::stringNode);
    }

    private static Arbitrary<JsonNode> lists(JsonNode schema, String path) {
        Arbitrary<JsonNode> element = any(schema.path("items"), path + "[]");
        return Arbitraries.frequencyOf(
                        Tuple.of(8, element.list().ofMaxSize(MAX_FEW)),
                        Tuple.of(1, element.list().ofMaxSize(MAX_MANY)))
                .map(elements -> NODES.arrayNode().addAll(elements));
    }

    private static Arbitrary<JsonNode> objects(JsonNode schema, String path) {
        Map<String, Arbitrary<JsonNode>> fields = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            Arbitrary<JsonNode> value = any(property.getValue(), path.isEmpty() ? name : path + "." + name);
            fields.put(name, requires(schema, name) ? value : orAbsent(value));
        });
        Arbitrary<ObjectNode> named = fields.isEmpty()
                ? Arbitraries.create(NODES::objectNode)
                : Combinators.combine(List.copyOf(fields.values()))
                        .as(values -> object(List.copyOf(fields.keySet()), values));
        Arbitrary<ObjectNode> more = others(schema, path);
        return more == null
                ? named.map(JsonNode.class::cast)
                : Combinators.combine(named, more).as((object, others) -> others.setAll(object));
    }

    private static boolean requires(JsonNode schema, String name) {
        return schema.path("required").valueStream().anyMatch(required -> name.equals(required.asString()));
    }

    private static Arbitrary<JsonNode> orAbsent(Arbitrary<JsonNode> value) {
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(MissingNode.getInstance())), Tuple.of(3, value));
    }

    private static ObjectNode object(List<String> names, List<JsonNode> values) {
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isMissingNode()) {
                object.set(names.get(i), values.get(i));
            }
        }
        return object;
    }

    /** The entries of a map; null where the object is none. */
    private static @Nullable Arbitrary<ObjectNode> others(JsonNode schema, String path) {
        if (!(schema.get("additionalProperties") instanceof ObjectNode values)) {
            return null;
        }
        Arbitrary<JsonNode> value = any(values, path + ".*");
        return Combinators.combine(Texts.any(), value)
                .as(Map::entry)
                .list()
                .ofMaxSize(MAX_FEW)
                .map(entries -> {
                    ObjectNode map = NODES.objectNode();
                    entries.forEach(entry -> map.set(entry.getKey(), entry.getValue()));
                    return map;
                });
    }
}
