package io.changeover.app.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what an address says. */
final class Parameters {

    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int MAX_SHOWN = 60;

    private Parameters() {}

    /** The identifier of a comparison. */
    static UUID comparison(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!UUIDS.matcher(lower).matches()) {
            throw new InvalidRequestException(
                    "invalid-comparison",
                    "'%s' in the address must be the identifier of a comparison such as '7b7e6f0a-4c1d-4f3b-9a53-0d1c2b3a4f5e'; take one from /api/views/{view}/comparisons"
                            .formatted(shortened(text)));
        }
        return UUID.fromString(lower);
    }

    /** A whole number within bounds, both included; another one where it is absent. */
    static long number(String name, @Nullable String text, long min, long max, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw invalid(name, text, "must be a whole number from %d to %d".formatted(min, max));
    }

    /** A constant by its name in lower case. */
    static <E extends Enum<E>> E constant(String name, String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        name,
                        text,
                        "must be one of "
                                + Arrays.stream(constants).map(Parameters::word).collect(Collectors.joining(", "))));
    }

    /** A constant as every other word of the API is written. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static InvalidRequestException invalid(String name, String text, String rule) {
        return new InvalidRequestException(
                "invalid-parameter",
                "Parameter '%s' is '%s' but %s; correct it".formatted(name, shortened(text), rule));
    }

    /** The beginning of a text, where it is too long to be told. */
    static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** The position of an event, as an address names it. */
    static long position(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new InvalidRequestException(
                    "invalid-position",
                    "'%s' in the address must be the position of an event, a whole number; correct it".formatted(text));
        }
        return Long.parseLong(text);
    }
}
