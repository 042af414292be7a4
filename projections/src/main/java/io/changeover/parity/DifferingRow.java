package io.changeover.parity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a comparison that is not the same on both sides. Sensitive values are masked: the same value has the same
 * mask, another value another, and nothing leads back.
 *
 * @param kind what is the matter
 * @param home home of the row, as text
 * @param key the components of its key, as text
 * @param fields components of the canonical record that differ, in its order; empty unless the kind is {@code DIFFERENT}
 * @param left canonical record of the left side by component, or null where it has no such row
 * @param right canonical record of the right side by component, or null where it has no such row
 */
public record DifferingRow(
        Kind kind,
        String home,
        List<String> key,
        List<String> fields,
        @Nullable Map<String, @Nullable Object> left,
        @Nullable Map<String, @Nullable Object> right) {

    /** What is the matter with a row. */
    public enum Kind {
        /** Only the left side has it. */
        MISSING,
        /** Only the right side has it. */
        EXTRA,
        /** Both have it, with different values. */
        DIFFERENT
    }

    /** The key for people: its components joined by a slash. */
    public String keyText() {
        return String.join("/", key);
    }
}
