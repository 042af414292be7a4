package io.changeover.app.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts values into the words of the pages; asked by templates, which see public methods only. */
final class Show {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONG_TEXT = 200;

    private final JsonMapper json;

    Show(JsonMapper json) {
        this.json = json;
    }

    /** In UTC, to the second; a dash for none. */
    public String time(@Nullable Instant at) {
        return at == null ? "–" : TIME.format(at);
    }

    /** With commas. */
    public String number(@Nullable Number number) {
        return number == null ? "–" : String.format(Locale.ROOT, "%,d", number.longValue());
    }

    /** A share from 0 to 1 in whole percent, never 100 before it is all. */
    public String percent(double share) {
        return (int) Math.floor(share * 100) + " %";
    }

    /** Such as {@code 2 h 03 min}, {@code 3 min 05 s}, {@code 4.2 s}; a dash for none. */
    public String duration(@Nullable Duration duration) {
        if (duration == null) {
            return "–";
        }
        long seconds = duration.toSeconds();
        if (seconds >= 86_400) {
            return "%d d %02d h".formatted(seconds / 86_400, seconds % 86_400 / 3_600);
        }
        if (seconds >= 3_600) {
            return "%d h %02d min".formatted(seconds / 3_600, seconds % 3_600 / 60);
        }
        if (seconds >= 60) {
            return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** A constant as a word. */
    public String word(@Nullable Enum<?> constant) {
        return constant == null ? "–" : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A value of a row in one line: texts as they are, all else as JSON. */
    public String value(@Nullable Object value) {
        JsonNode node = json.valueToTree(value);
        String text = node.isString() ? node.stringValue() : node.toString();
        return text.length() <= LONG_TEXT ? text : text.substring(0, LONG_TEXT) + "…";
    }

    /** As JSON over several lines. */
    public String json(@Nullable Object value) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }
}
