package io.changeover.comparison;

import io.changeover.parity.DifferingRow.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row that a comparison found different, as it is kept.
 *
 * @param number its place among those of the comparison, from 1
 * @param kind what is the matter
 * @param home home of the row, as text
 * @param key the components of its key, as text
 * @param fields components that differ; empty unless the kind is {@code DIFFERENT}
 * @param left canonical record of the left side as a JSON object, its components in no particular order, or null
 * @param right canonical record of the right side, or null
 */
public record StoredDifference(
        long number,
        Kind kind,
        String home,
        List<String> key,
        List<String> fields,
        @Nullable JsonNode left,
        @Nullable JsonNode right) {}
