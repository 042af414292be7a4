package io.changeover.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The formats that a text may have, as this package knows them; those of two parts are registered for OpenAPI. */
enum TextFormat {
    DATE("date", "a date", 10),
    DATE_TIME("date-time", "a date and time with offset", 20),
    LOCAL_DATE_TIME("date-time-local", "a date and time without offset", 16),
    LOCAL_TIME("time-local", "a time of day", 5),
    UUID_TEXT("uuid", "a UUID", 36);

    private final String keyword;
    private final String words;
    private final int minLength;

    TextFormat(String keyword, String words, int minLength) {
        this.keyword = keyword;
        this.words = words;
        this.minLength = minLength;
    }

    static Optional<TextFormat> of(String keyword) {
        return Arrays.stream(values())
                .filter(format -> format.keyword.equals(keyword))
                .findFirst();
    }

    /** The one format that all texts have; empty where there is none, or no text. */
    static Optional<TextFormat> common(Collection<String> texts) {
        return texts.isEmpty()
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(format -> texts.stream().allMatch(format::fits))
                        .findFirst();
    }

    boolean fits(String text) {
        if (text.length() < minLength) {
            return false; // "1-1-1-1-1" is a UUID to the parser and to nobody else
        }
        try {
            return !parsed(text).toString().isEmpty();
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private Object parsed(String text) {
        return switch (this) {
            case DATE -> LocalDate.parse(text);
            case DATE_TIME -> OffsetDateTime.parse(text);
            case LOCAL_DATE_TIME -> LocalDateTime.parse(text);
            case LOCAL_TIME -> LocalTime.parse(text);
            case UUID_TEXT -> UUID.fromString(text);
        };
    }

    String keyword() {
        return keyword;
    }

    String words() {
        return words;
    }
}
