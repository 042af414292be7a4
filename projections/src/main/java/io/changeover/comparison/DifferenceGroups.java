package io.changeover.comparison;

import io.changeover.parity.DifferingRow.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the differences of a comparison have in common. Bounded, whatever their number.
 *
 * @param differing rows that differ
 * @param kinds how many of each kind, the commonest first
 * @param fields what is the matter with each field, that of the most rows first
 */
public record DifferenceGroups(long differing, List<OfKind> kinds, List<OfField> fields) {

    /**
     * The differences of one kind.
     *
     * @param kind what is the matter
     * @param rows with how many rows
     */
    public record OfKind(Kind kind, long rows) {}

    /**
     * The differences in one field.
     *
     * @param field component of the canonical record
     * @param rows rows in which it differs
     * @param commonest the pairs of values that most rows have, at most ten, the commonest first
     * @param numbers by how much the right side is greater, or null where the values are not numbers
     */
    public record OfField(String field, long rows, List<Pair> commonest, @Nullable Numbers numbers) {}

    /**
     * Two values that stand against each other.
     *
     * @param left value on the left; a long one is cut and ends with three points
     * @param right value on the right, likewise
     * @param rows in how many rows
     */
    public record Pair(@Nullable JsonNode left, @Nullable JsonNode right, long rows) {}

    /**
     * Right value minus left value, over the rows in which both are numbers.
     *
     * @param rows how many these are
     * @param least the least difference
     * @param greatest the greatest difference
     * @param sum the sum of all differences
     */
    public record Numbers(long rows, BigDecimal least, BigDecimal greatest, BigDecimal sum) {}
}
