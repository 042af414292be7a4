package io.changeover.parity;

import org.jspecify.annotations.Nullable;

/**
 * One row that differs.
 *
 * @param kind {@code missing} (only on the left), {@code extra} (only on the right) or the name of the field that differs
 * @param key key of the canonical record, its components joined by a slash
 * @param left the value on the left (of the field, or of the whole record), or null
 * @param right the value on the right, or null
 */
public record Difference(String kind, String key, @Nullable Object left, @Nullable Object right) {}
