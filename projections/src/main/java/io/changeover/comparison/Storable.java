package io.changeover.comparison;

import java.util.regex.Pattern;

/** Makes JSON fit for PostgreSQL, whose texts have no place for the character U+0000. */
final class Storable {

    // An even number of backslashes before it are backslashes themselves.
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private Storable() {}

    /** The JSON with U+FFFD in place of U+0000. */
    static String text(String json) {
        return json.contains("\\u0000") ? NUL.matcher(json).replaceAll("$1\\\\uFFFD") : json;
    }
}
