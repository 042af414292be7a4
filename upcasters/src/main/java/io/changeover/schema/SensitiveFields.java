package io.changeover.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the fields that a schema marks as sensitive, and puts stand-ins in their place. */
public final class SensitiveFields {

    private SensitiveFields() {}

    /**
     * The paths of the marked fields in the order of the schema, such as {@code lines[].phone}; a map's values are at
     * {@code {}}. What lies within a marked field is sensitive with it and not named again.
     */
    public static List<String> paths(ObjectNode schema) {
        List<String> paths = new ArrayList<>();
        collect(Shape.of(schema), "", paths);
        return paths;
    }

    private static void collect(Shape shape, String path, List<String> paths) {
        if (shape.sensitive()) {
            paths.add(path);
            return;
        }
        shape.properties().forEach((name, field) -> collect(field, Findings.within(path, name), paths));
        shape.values().ifPresent(values -> collect(values, path + "{}", paths));
        if (shape.types().contains("array")) {
            collect(shape.items(), path + "[]", paths);
        }
    }

    /**
     * A copy of the payload in which everything sensitive is replaced by a stand-in of the same shape.
     *
     * <p>Text keeps its length, and each of its characters its class: letters in upper and lower case, digits, all else as
     * it is. Numbers keep their sign, their number of digits and whether they are whole. Dates, times, UUIDs and enums stay
     * such. Booleans and null stay as they are, and so do texts and numbers without any letter or digit to change, and
     * zero. The keys of a sensitive map are replaced like text, since they are values too.
     *
     * <p>The same value has the same stand-in for the same seed and format, so values that were equal stay equal. Different
     * values may get the same stand-in; the shorter they are, the likelier. Whoever knows the seed can find out short
     * values by trying, so it is kept or thrown away as a secret is.
     *
     * <p>A stand-in may be somebody's real value by chance: an address or number of a copy is not to be written to.
     *
     * @param schema in the shape of {@link EventSchemas}; fields that it does not know stay as they are
     */
    public static ObjectNode replace(ObjectNode schema, ObjectNode payload, long seed) {
        return (ObjectNode) copy(Shape.of(schema), payload, false, new StandIns(seed));
    }

    private static JsonNode copy(Shape shape, JsonNode value, boolean within, StandIns standIns) {
        boolean sensitive = within || shape.sensitive();
        if (value instanceof ObjectNode object) {
            return object(shape, object, sensitive, standIns);
        }
        if (value instanceof ArrayNode list) {
            ArrayNode copy = list.arrayNode(list.size());
            list.forEach(each -> copy.add(copy(shape.items(), each, sensitive, standIns)));
            return copy;
        }
        return sensitive ? standIns.of(shape, value) : value;
    }

    private static ObjectNode object(Shape shape, ObjectNode object, boolean sensitive, StandIns standIns) {
        boolean keysAreValues = sensitive && shape.values().isPresent();
        ObjectNode copy = object.objectNode();
        object.properties().forEach(field -> {
            String key = keysAreValues ? freeKey(field.getKey(), copy, standIns) : field.getKey();
            copy.set(key, copy(shape.field(field.getKey()), field.getValue(), sensitive, standIns));
        });
        return copy;
    }

    /** Two keys with one stand-in would make one entry of two. */
    private static String freeKey(String key, ObjectNode taken, StandIns standIns) {
        String free = standIns.text(key);
        for (int attempt = 1; taken.has(free); attempt++) {
            free = standIns.text(key) + attempt;
        }
        return free;
    }
}
