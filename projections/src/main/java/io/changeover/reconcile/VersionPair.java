package io.changeover.reconcile;

import io.changeover.view.VersionId;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two versions of one view that are compared, written {@code order-board@1:order-board@2}.
 *
 * @param left the version with the lower number
 * @param right the version with the higher number
 */
public record VersionPair(VersionId left, VersionId right) implements Comparable<VersionPair> {

    private static final Pattern TEXT = Pattern.compile("([^:]+):([^:]+)");
    private static final Comparator<VersionPair> ORDER =
            Comparator.comparing(VersionPair::left).thenComparing(VersionPair::right);

    /** @throws IllegalArgumentException when the versions are of different views, or the left is not the lower one */
    public VersionPair {
        if (!left.view().equals(right.view()) || left.version() >= right.version()) {
            throw new IllegalArgumentException(
                    "'%s' and '%s' cannot be reconciled: a pair is two versions of one view, the lower first; name two such"
                            .formatted(left, right));
        }
    }

    /** The pair of two versions, whichever is the lower one. */
    public static VersionPair of(VersionId one, VersionId other) {
        return one.compareTo(other) <= 0 ? new VersionPair(one, other) : new VersionPair(other, one);
    }

    /**
     * Reads the written form, the versions in any order.
     *
     * @throws IllegalArgumentException when the text does not name two versions of one view
     */
    public static VersionPair parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' must name two versions of one view such as 'order-board@1:order-board@2'; correct it"
                            .formatted(text));
        }
        return of(
                VersionId.parse(matcher.group(1).strip()),
                VersionId.parse(matcher.group(2).strip()));
    }

    /** The view. */
    public String view() {
        return left.view();
    }

    @Override
    public int compareTo(VersionPair other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return left + ":" + right;
    }
}
