package io.changeover.parity;

import io.changeover.parity.Side.Read;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.ObjectMapper;

/** Compares, or counts, the rows of some homes within a snapshot. Memory is bounded by the rows of a batch of homes. */
final class HomesComparison {

    private static final int BATCH = 2_000;
    private static final Range EVERYWHERE = new Range(null, null);

    private final KeyMatch keys;
    private final ObjectMapper json;

    HomesComparison(KeyMatch keys, ObjectMapper json) {
        this.keys = keys;
        this.json = json;
    }

    /** Has the judge decide about every row of the homes. */
    void compare(Snapshot snapshot, Collection<String> homes, Judge judge) throws SQLException {
        for (List<String> batch : batches(homes)) {
            Map<List<String>, Read> left = read(snapshot.leftSide(), snapshot.left(), batch, EVERYWHERE);
            Map<List<String>, Read> right = read(snapshot.rightSide(), snapshot.right(), batch, EVERYWHERE);
            for (Map.Entry<List<String>, Read> mine : left.entrySet()) {
                judge.pair(mine.getValue(), right.remove(mine.getKey()));
            }
            right.values().forEach(theirs -> judge.pair(null, theirs));
        }
    }

    /** Number of rows of the homes that both sides have in the range. */
    long pairs(Snapshot snapshot, Collection<String> homes, Range range) throws SQLException {
        long pairs = 0;
        for (List<String> batch : batches(homes)) {
            Set<List<String>> left = new HashSet<>(
                    read(snapshot.leftSide(), snapshot.left(), batch, range).keySet());
            left.retainAll(
                    read(snapshot.rightSide(), snapshot.right(), batch, range).keySet());
            pairs += left.size();
        }
        return pairs;
    }

    /** Number of rows of the homes that either side has in the range, and the homes that have some. */
    long rows(Snapshot snapshot, Collection<String> homes, Range range, Set<String> present) throws SQLException {
        long rows = 0;
        for (List<String> batch : batches(homes)) {
            Set<List<String>> all = new HashSet<>(
                    read(snapshot.leftSide(), snapshot.left(), batch, range).keySet());
            all.addAll(
                    read(snapshot.rightSide(), snapshot.right(), batch, range).keySet());
            all.forEach(key -> present.add(key.get(0)));
            rows += all.size();
        }
        return rows;
    }

    private Map<List<String>, Read> read(Side side, SnapshotConnection snapshot, List<String> homes, Range range)
            throws SQLException {
        Connection connection = snapshot.connection();
        Map<List<String>, Read> read = new LinkedHashMap<>();
        String query = "select %s from %s where %s and %s"
                .formatted(side.columns(), side.from(), keys.among(side, homes), keys.within(side, range));
        try (CopiedRows rows = new CopiedRows(connection, query, json)) {
            while (rows.next()) {
                Read row = side.read(rows);
                if (row != null) {
                    read.put(row.key().texts(), row);
                }
            }
        }
        return read;
    }

    private static List<List<String>> batches(Collection<String> homes) {
        List<String> all = List.copyOf(homes);
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }

    /** Homes of a snapshot of whose rows nothing can be said in it. */
    static Set<String> skipped(Snapshot snapshot) {
        Set<String> skipped = new HashSet<>(snapshot.inFlight());
        skipped.addAll(snapshot.parked());
        return skipped;
    }
}
