package io.changeover.parity;

import io.changeover.view.Column;
import io.changeover.view.RowShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts what a comparison finds and keeps a few samples of each kind. */
final class Tally {

    private final RowShape shape;
    private final int samplesOfKind;
    private final Map<String, Long> byField = new TreeMap<>();
    private final Map<String, Integer> sampled = new HashMap<>();
    private final List<Difference> samples = new ArrayList<>();
    private long compared;
    private long equal;
    private long missing;
    private long extra;
    private long different;

    Tally(RowShape shape, int samplesOfKind) {
        this.shape = shape;
        this.samplesOfKind = samplesOfKind;
    }

    void onlyLeft(String key, Object record) {
        missing++;
        sample("missing", key, record, null);
    }

    void onlyRight(String key, Object record) {
        extra++;
        sample("extra", key, null, record);
    }

    /** Whether the two are the same. */
    boolean both(String key, Object left, Object right) {
        compared++;
        boolean same = true;
        List<Column> columns = shape.columns();
        for (int i = 0; i < columns.size(); i++) {
            Object a = shape.value(left, i);
            Object b = shape.value(right, i);
            if (!equal(a, b)) {
                same = false;
                String field = columns.get(i).component();
                byField.merge(field, 1L, Long::sum);
                sample(field, key, a, b);
            }
        }
        if (same) {
            equal++;
        } else {
            different++;
        }
        return same;
    }

    /** Numbers are equal by value (1.0 and 1.00 are one amount), also in lists; arrays are by content. */
    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
            return left.compareTo(right) == 0;
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return left.size() == right.size()
                    && IntStream.range(0, left.size()).allMatch(i -> equal(left.get(i), right.get(i)));
        }
        return Objects.deepEquals(a, b);
    }

    private void sample(String kind, String key, @Nullable Object left, @Nullable Object right) {
        if (sampled.merge(kind, 1, Integer::sum) <= samplesOfKind) {
            samples.add(new Difference(kind, key, left, right));
        }
    }

    long compared() {
        return compared;
    }

    long equal() {
        return equal;
    }

    long missing() {
        return missing;
    }

    long extra() {
        return extra;
    }

    long different() {
        return different;
    }

    boolean clean() {
        return missing == 0 && extra == 0 && different == 0;
    }

    Map<String, Long> byField() {
        return byField;
    }

    List<Difference> samples() {
        return samples;
    }
}
