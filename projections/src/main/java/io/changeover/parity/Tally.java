package io.changeover.parity;

import io.changeover.parity.DifferingRow.Kind;
import io.changeover.view.CanonicalForm;
import io.changeover.view.Column;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what a comparison finds, keeps a few samples of each kind, and passes on every row that differs. */
final class Tally {

    private static final String MISSING = "missing";
    private static final String EXTRA = "extra";

    private final CanonicalForm form;
    private final Masks masks;
    private final int samplesOfKind;
    private final Consumer<DifferingRow> found;
    private final Map<String, Long> byField = new TreeMap<>();
    private final Map<String, Integer> sampled = new HashMap<>();
    private final List<Difference> samples = new ArrayList<>();
    private long equal;
    private long missing;
    private long extra;
    private long different;

    /** @param form canonical form of either side; both have the same rules */
    Tally(CanonicalForm form, Masks masks, int samplesOfKind, Consumer<DifferingRow> found) {
        this.form = form;
        this.masks = masks;
        this.samplesOfKind = samplesOfKind;
        this.found = found;
    }

    void onlyLeft(RowKey key, Object record) {
        missing++;
        Map<String, @Nullable Object> shown = masks.shown(form.shape(), record);
        sample(MISSING, key, shown, null);
        found.accept(new DifferingRow(Kind.MISSING, key.homeText(), key.texts(), List.of(), shown, null));
    }

    void onlyRight(RowKey key, Object record) {
        extra++;
        Map<String, @Nullable Object> shown = masks.shown(form.shape(), record);
        sample(EXTRA, key, null, shown);
        found.accept(new DifferingRow(Kind.EXTRA, key.homeText(), key.texts(), List.of(), null, shown));
    }

    /** Whether the two are the same. */
    boolean both(RowKey key, Object left, Object right) {
        List<Integer> differing = form.equality().differing(left, right);
        if (differing.isEmpty()) {
            equal++;
            return true;
        }
        different++;
        List<String> fields = new ArrayList<>(differing.size());
        for (int index : differing) {
            Column column = form.shape().columns().get(index);
            fields.add(column.component());
            byField.merge(column.component(), 1L, Long::sum);
            sample(
                    column.component(),
                    key,
                    masks.shown(column, form.shape().value(left, index)),
                    masks.shown(column, form.shape().value(right, index)));
        }
        found.accept(new DifferingRow(
                Kind.DIFFERENT,
                key.homeText(),
                key.texts(),
                fields,
                masks.shown(form.shape(), left),
                masks.shown(form.shape(), right)));
        return false;
    }

    /** Rows on both sides that are known to be equal without a look at each. */
    void equal(long rows) {
        equal += rows;
    }

    private void sample(String kind, RowKey key, @Nullable Object left, @Nullable Object right) {
        if (sampled.merge(kind, 1, Integer::sum) <= samplesOfKind) {
            samples.add(new Difference(kind, key.toString(), left, right));
        }
    }

    /** What was found, added to what had been found before. */
    Findings addedTo(Findings before) {
        Map<String, Long> fields = new TreeMap<>(before.byField());
        byField.forEach((field, rows) -> fields.merge(field, rows, Long::sum));
        Map<String, Integer> kinds = new HashMap<>();
        List<Difference> all = new ArrayList<>();
        for (List<Difference> some : List.of(before.samples(), samples)) {
            for (Difference sample : some) {
                if (kinds.merge(sample.kind(), 1, Integer::sum) <= samplesOfKind) {
                    all.add(sample);
                }
            }
        }
        return new Findings(
                before.equal() + equal,
                before.missing() + missing,
                before.extra() + extra,
                before.different() + different,
                fields,
                all);
    }

    /** Rows that were compared on both sides. */
    long compared() {
        return equal + different;
    }

    long differing() {
        return missing + extra + different;
    }
}
