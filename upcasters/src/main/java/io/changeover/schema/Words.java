package io.changeover.schema;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Schemas and values as people say them. */
final class Words {

    private static final int BRIEF = 60;

    private static final Map<String, String> TYPES = Map.of(
            "string", "text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "array", "a list",
            "object", "an object");

    private Words() {}

    /** The type and its format, such as {@code text or a whole number}; null is not told. */
    static String type(Shape shape) {
        return shape.allowsAnything()
                ? "anything"
                : shape.types().stream().map(type -> type(type, shape)).collect(Collectors.joining(" or "));
    }

    /** The type as a rule for a value, such as {@code a date or null}. */
    static String typeOrNull(Shape shape) {
        return shape.nullable() ? type(shape) + " or null" : type(shape);
    }

    private static String type(String type, Shape shape) {
        return switch (type) {
            case "string" ->
                shape.format().flatMap(TextFormat::of).map(TextFormat::words).orElse("text");
            case "integer" -> "a whole number" + shape.format().map(Words::bits).orElse("");
            case "object" -> shape.values().isPresent() ? "a map" : "an object";
            default -> TYPES.getOrDefault(type, type);
        };
    }

    private static String bits(String format) {
        return " of %s bits".formatted(format.replace("int", ""));
    }

    static String values(Collection<JsonNode> values) {
        return values.stream().map(Words::value).collect(Collectors.joining(", "));
    }

    /** The value, cut where it is long; of an object or list only what it is, because it may hold anything. */
    static String value(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "a list";
        }
        String text = value.isString() ? "'" + value.stringValue() + "'" : value.toString();
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "...";
    }
}
