package io.changeover.benchmark.parity;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks two sides that are ordered by key at once, as a program written by hand does. */
final class OrderedMerge {

    /**
     * What came of it.
     *
     * @param compared keys that both sides have
     * @param missing keys that only the left side has
     * @param extra keys that only the right side has
     * @param different keys under which the two sides have something else
     */
    record Counts(long compared, long missing, long extra, long different) {

        long differing() {
            return missing + extra + different;
        }
    }

    private OrderedMerge() {}

    /** Compares by {@code equals} what stands under the same key; both sides must ascend by key, without repetition. */
    static <T> Counts of(Iterator<T> left, Iterator<T> right, Function<T, String> key) {
        long compared = 0;
        long missing = 0;
        long extra = 0;
        long different = 0;
        T one = next(left);
        T other = next(right);
        while (one != null || other != null) {
            int order = one == null ? 1 : other == null ? -1 : key.apply(one).compareTo(key.apply(other));
            if (order == 0) {
                compared++;
                different += Objects.equals(one, other) ? 0 : 1;
                one = next(left);
                other = next(right);
            } else if (order < 0) {
                missing++;
                one = next(left);
            } else {
                extra++;
                other = next(right);
            }
        }
        return new Counts(compared, missing, extra, different);
    }

    private static <T> @Nullable T next(Iterator<T> side) {
        return side.hasNext() ? side.next() : null;
    }
}
