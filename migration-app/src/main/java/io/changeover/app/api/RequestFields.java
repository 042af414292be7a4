package io.changeover.app.api;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a request body, read one by one. Nothing is converted and nothing is ignored: a field that nobody reads
 * is a spelling mistake that would change what the request means.
 */
final class RequestFields {

    private static final int MAX_TEXT = 500;

    private final @Nullable JsonNode body;
    private final String example;
    private final Set<String> known = new LinkedHashSet<>();

    private RequestFields(@Nullable JsonNode body, String example) {
        this.body = body;
        this.example = example;
    }

    /**
     * @param body the parsed body, or null where there is none
     * @param example a body that would be accepted, to show when this one is not
     */
    static RequestFields of(@Nullable JsonNode body, String example) {
        if (body == null || body.isNull() || body.isMissingNode()) {
            return new RequestFields(null, example);
        }
        if (!body.isObject()) {
            throw new InvalidRequestException(
                    "malformed-body", "The request body must be a JSON object; send %s".formatted(example));
        }
        return new RequestFields(body, example);
    }

    /** A whole number within bounds, both included. */
    int integer(String name, int min, int max) {
        JsonNode value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw invalid(name, value, "must be a whole number from %d to %d".formatted(min, max));
        }
        return value.intValue();
    }

    /** A text that is not blank. */
    String text(String name) {
        return text(name, MAX_TEXT);
    }

    /** A text that is not blank and has at most so many characters. */
    String text(String name, int max) {
        JsonNode value = required(name);
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > max) {
            throw invalid(name, value, "must be a text of 1 to %d characters".formatted(max));
        }
        return value.stringValue();
    }

    /** A text that no refusal repeats. */
    String secret(String name) {
        JsonNode value = required(name);
        if (!value.isString() || value.stringValue().length() > MAX_TEXT) {
            throw new InvalidRequestException(
                    "invalid-field",
                    "Field '%s' must be a text of at most %d characters; send %s".formatted(name, MAX_TEXT, example));
        }
        return value.stringValue();
    }

    /** An instant in UTC. */
    Instant time(String name) {
        JsonNode value = required(name);
        try {
            return Instant.parse(value.asString(""));
        } catch (DateTimeParseException e) {
            throw invalid(name, value, "must be a time in UTC such as '2027-03-01T00:00:00Z'");
        }
    }

    /** A list of 1 to {@code max} different texts that are not blank. */
    List<String> texts(String name, int max) {
        JsonNode value = required(name);
        List<String> texts = value.valueStream()
                .filter(each -> each.isString()
                        && !each.stringValue().isBlank()
                        && each.stringValue().length() <= MAX_TEXT)
                .map(JsonNode::stringValue)
                .distinct()
                .toList();
        if (!value.isArray() || value.isEmpty() || value.size() > max || texts.size() < value.size()) {
            throw invalid(
                    name,
                    value,
                    "must be a list of 1 to %d different texts of 1 to %d characters".formatted(max, MAX_TEXT));
        }
        return texts;
    }

    /** A text that may be absent, which gives an empty one. */
    String optionalText(String name) {
        known.add(name);
        JsonNode value = body == null ? null : body.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString() || value.stringValue().length() > MAX_TEXT) {
            throw invalid(name, value, "must be a text of at most %d characters".formatted(MAX_TEXT));
        }
        return value.stringValue();
    }

    /** A list of texts that are not blank; empty where it is absent. */
    List<String> optionalTexts(String name) {
        known.add(name);
        JsonNode value = body == null ? null : body.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        boolean fits = value.isArray()
                && !value.isEmpty()
                && value.valueStream()
                        .allMatch(text -> text.isString()
                                && !text.stringValue().isBlank()
                                && text.stringValue().length() <= MAX_TEXT);
        if (!fits) {
            throw invalid(name, value, "must be a list of at least one text of 1 to %d characters".formatted(MAX_TEXT));
        }
        return value.valueStream().map(JsonNode::stringValue).toList();
    }

    /** A truth value; false where it is absent. */
    boolean optionalTruth(String name) {
        return flagOr(name, false);
    }

    /** A whole number within bounds, both included; what holds already where it is absent. */
    long integerOr(String name, long min, long max, long otherwise) {
        JsonNode value = optional(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw invalid(name, value, "must be a whole number from %d to %d".formatted(min, max));
        }
        return value.longValue();
    }

    /** A number within bounds, both included, or zero; what holds already where it is absent. */
    double numberOr(String name, double min, double max, double otherwise) {
        JsonNode value = optional(name);
        if (value == null) {
            return otherwise;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (number != 0 && !(number >= min && number <= max)) {
            throw invalid(name, value, "must be a number from %s to %s, or 0".formatted(min, max));
        }
        return number;
    }

    /** A duration within bounds, both included, or zero; what holds already where it is absent. */
    Duration durationOr(String name, Duration min, Duration max, Duration otherwise) {
        JsonNode value = optional(name);
        if (value == null) {
            return otherwise;
        }
        Duration duration = parsed(value);
        if (duration == null || (!duration.isZero() && (duration.compareTo(min) < 0 || duration.compareTo(max) > 0))) {
            throw invalid(
                    name,
                    value,
                    "must be a duration such as '50ms' or '2s' from %s to %s, or '0s'".formatted(min, max));
        }
        return duration;
    }

    private static @Nullable Duration parsed(JsonNode value) {
        try {
            return value.isString() ? DurationStyle.detectAndParse(value.stringValue()) : null;
        } catch (IllegalArgumentException e) {
            return null; // the caller says what it must be
        }
    }

    /** True or false; what holds already where it is absent. */
    boolean flagOr(String name, boolean otherwise) {
        JsonNode value = optional(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw invalid(name, value, "must be true or false");
        }
        return value.booleanValue();
    }

    /** Refuses a request that names nothing. */
    void requireSome() {
        if (body == null || body.isEmpty()) {
            throw new InvalidRequestException(
                    "missing-field",
                    "The request body must name at least one field but names none; send %s".formatted(example));
        }
    }

    private @Nullable JsonNode optional(String name) {
        known.add(name);
        JsonNode value = body == null ? null : body.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Whether the field is there and not null. */
    boolean has(String name) {
        known.add(name);
        JsonNode value = body == null ? null : body.get(name);
        return value != null && !value.isNull();
    }

    /** Says of a field that was read why it cannot be taken. */
    InvalidRequestException refused(String rule) {
        return new InvalidRequestException("invalid-field", "%s; send %s".formatted(rule, example));
    }

    /** Call it last: refuses every field that was not read. */
    void requireNoOthers() {
        Collection<String> names = body == null ? List.of() : body.propertyNames();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InvalidRequestException(
                        "unknown-field",
                        "Field '%s' is not known here; the fields are %s; send %s"
                                .formatted(shortened(name), String.join(", ", known), example));
            }
        }
    }

    private JsonNode required(String name) {
        known.add(name);
        JsonNode value = body == null ? null : body.get(name);
        if (value == null || value.isNull()) {
            throw new InvalidRequestException(
                    "missing-field", "Field '%s' is missing but required; send %s".formatted(name, example));
        }
        return value;
    }

    private InvalidRequestException invalid(String name, JsonNode value, String rule) {
        return new InvalidRequestException(
                "invalid-field",
                "Field '%s' is %s but %s; send %s".formatted(name, shortened(value.toString()), rule, example));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
