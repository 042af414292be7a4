package io.changeover.explain;

import io.changeover.parity.DifferingRow.Kind;
import io.changeover.view.CanonicalForm;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How two canonical records differ.
 *
 * @param kind what is the matter, or null where they are equal
 * @param fields fields that differ
 */
record Difference(@Nullable Kind kind, List<String> fields) {

    static final Difference NONE = new Difference(null, List.of());

    static Difference between(CanonicalForm form, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? NONE : new Difference(left == null ? Kind.EXTRA : Kind.MISSING, List.of());
        }
        List<Integer> differing = form.equality().differing(left, right);
        return differing.isEmpty()
                ? NONE
                : new Difference(
                        Kind.DIFFERENT,
                        differing.stream()
                                .map(index -> form.shape().columns().get(index).component())
                                .toList());
    }

    boolean isNone() {
        return kind == null;
    }

    @Nullable
    String word() {
        return kind == null ? null : kind.name().toLowerCase(Locale.ROOT);
    }
}
