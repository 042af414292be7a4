package io.changeover.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row that is not the same on both sides, as it was when last seen. Sensitive values are masked.
 *
 * @param kind {@code missing} (only on the left), {@code extra} (only on the right) or {@code different}
 * @param home home of the row, as text
 * @param key the components of its key, as text
 * @param fields components of the canonical record that differ; empty unless the kind is {@code different}
 * @param left canonical record of the left side by component, or null where it has no such row
 * @param right canonical record of the right side by component, or null where it has no such row
 * @param since when the row was first found to differ
 * @param seen when it was found to differ the last time
 */
public record DriftingRow(
        String kind,
        String home,
        List<String> key,
        List<String> fields,
        @Nullable Map<String, @Nullable Object> left,
        @Nullable Map<String, @Nullable Object> right,
        Instant since,
        Instant seen) {

    /** The key for people: its components joined by a slash. */
    public String keyText() {
        return String.join("/", key);
    }
}
