package io.changeover.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that is stored otherwise than its events say. Rows are as they are: nothing is masked.
 *
 * @param key components of the row's key, as text
 * @param before the row as stored, or null where it is missing
 * @param after the row as its events make it, or null where it should not be there
 * @param fields components that differ, and {@code _position} and {@code _event_id} where provenance does; empty unless both
 *     rows are there
 */
public record RowChange(List<String> key, @Nullable StoredRow before, @Nullable StoredRow after, List<String> fields) {}
