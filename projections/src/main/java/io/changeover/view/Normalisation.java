package io.changeover.view;

import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ways to make values that mean the same the same. Null stays null. */
public enum Normalisation implements Normaliser {
    /** A text without white space at its ends. */
    TRIMMED(String.class, "trimmed") {
        @Override
        Object of(Object value) {
            return ((String) value).strip();
        }
    },
    /** A text in which each run of white space is one space. */
    SINGLE_SPACES(String.class, "with single spaces") {
        @Override
        Object of(Object value) {
            return WHITE_SPACE.matcher((String) value).replaceAll(" ");
        }
    },
    /** A text in lower case, by no country's rules. */
    LOWER_CASE(String.class, "in lower case") {
        @Override
        Object of(Object value) {
            return ((String) value).toLowerCase(Locale.ROOT);
        }
    },
    /** A text in Unicode's normalisation form C. */
    UNICODE_NFC(String.class, "in Unicode form C") {
        @Override
        Object of(Object value) {
            return Normalizer.normalize((String) value, Normalizer.Form.NFC);
        }
    },
    /** No text in place of an empty one. */
    EMPTY_IS_NULL(String.class, "empty as none") {
        @Override
        @Nullable
        Object of(Object value) {
            return ((String) value).isEmpty() ? null : value;
        }
    },
    /** An instant cut to the millisecond. */
    MILLISECONDS(Instant.class, "cut to milliseconds") {
        @Override
        Object of(Object value) {
            return ((Instant) value).truncatedTo(ChronoUnit.MILLIS);
        }
    },
    /** An instant cut to the second. */
    SECONDS(Instant.class, "cut to seconds") {
        @Override
        Object of(Object value) {
            return ((Instant) value).truncatedTo(ChronoUnit.SECONDS);
        }
    };

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final Class<?> type;
    private final String words;

    Normalisation(Class<?> type, String words) {
        this.type = type;
        this.words = words;
    }

    @Nullable
    abstract Object of(Object value);

    @Override
    public @Nullable Object normalise(@Nullable Object value) {
        return value == null ? null : of(value);
    }

    boolean fits(Class<?> component) {
        return component == type;
    }

    /** For a report. */
    String words() {
        return words;
    }
}
