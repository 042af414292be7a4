package io.changeover.reconcile;

import io.changeover.parity.DifferingRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Differing rows, kept up to a number and counted beyond. For use by one thread. */
final class KeptRows implements Consumer<DifferingRow> {

    private final int most;
    private final Set<List<String>> known;
    private final Map<List<String>, DifferingRow> rows = new LinkedHashMap<>();
    private int unknown;
    private long more;

    KeptRows(int most) {
        this(most, Set.of());
    }

    /** @param known keys of rows that are kept whatever their number is, because they are kept already */
    KeptRows(int most, Set<List<String>> known) {
        this.most = most;
        this.known = known;
    }

    @Override
    public void accept(DifferingRow row) {
        if (known.contains(row.key()) || rows.containsKey(row.key())) {
            rows.put(row.key(), row); // a range that was compared again gives its rows again
        } else if (unknown < most) {
            unknown++;
            rows.put(row.key(), row);
        } else {
            more++;
        }
    }

    List<DifferingRow> rows() {
        return List.copyOf(rows.values());
    }

    long more() {
        return more;
    }
}
