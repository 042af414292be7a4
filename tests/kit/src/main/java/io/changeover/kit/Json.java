package io.changeover.kit;

import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the kit reads, compares and shows it. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    // 1, 1L and 1.0 are one number to a reader, whatever type the parser has chosen for it.
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left.equals(right)) {
            return 0;
        }
        return left.isNumber() && right.isNumber() ? left.decimalValue().compareTo(right.decimalValue()) : 1;
    };

    private Json() {}

    /** Whether both say the same; the order of an object's fields does not count. */
    static boolean same(JsonNode left, JsonNode right) {
        return left.equals(BY_VALUE, right);
    }

    /** The tree as it would be read from a store. */
    static ObjectNode stored(ObjectNode payload) {
        return (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsBytes(payload));
    }

    /**
     * The JSON object that a test has written.
     *
     * @throws IllegalArgumentException when it is none
     */
    static ObjectNode object(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "'%s' must be a JSON object but is no JSON: %s; correct the test"
                            .formatted(text, e.getOriginalMessage()),
                    e);
        }
        throw new IllegalArgumentException("'%s' must be a JSON object; correct the test".formatted(text));
    }

    static String pretty(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value).replace(System.lineSeparator(), "\n");
    }

    static String pretty(List<?> values) {
        return values.stream().map(Json::pretty).collect(java.util.stream.Collectors.joining("\nand\n"));
    }
}
