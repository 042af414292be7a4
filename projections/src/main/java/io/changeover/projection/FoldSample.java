package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.Folding.HomeWork;
import io.changeover.projection.Folding.Touch;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Folds some stretches of history as a backfill would, apart from the version, to learn what that takes. What it makes is
 * gone when it is: rows go to a table that no other session sees, and nothing is parked. For use by one thread.
 */
public final class FoldSample {

    private static final int MOST_ROUNDS = 20;
    private static final long LEAST_NANOS = 200_000_000L;

    /**
     * What was learnt by folding.
     *
     * @param events events that were parsed
     * @param parsed time that parsing all of them took, in nanoseconds: the mean of the rounds but the first, in which a
     *     program is slow
     * @param folded time that folding them took, likewise
     * @param waiting events that could not be folded, mostly because what came before them is not in the sample
     * @param rows rows that are there after it
     * @param bytesPerRow estimate of the memory that a row takes, in bytes
     * @param sampled events by the name under which they are stored
     * @param made rows that were made by events which only ever make rows, by the same names
     * @param onlyMade whether no other events make rows, so that each made row is another row
     * @param keys different keys that events name
     * @param keysOnce how many of them are named by one event of the sample
     */
    public record Folded(
            long events,
            long parsed,
            long folded,
            long waiting,
            long rows,
            long bytesPerRow,
            Map<String, Long> sampled,
            Map<String, Long> made,
            boolean onlyMade,
            long keys,
            long keysOnce) {}

    /**
     * What was learnt by writing.
     *
     * @param rows rows that were written
     * @param copied time that it took where none of them was there, in nanoseconds, as the mean of several rounds
     * @param replaced time that it took where all of them were there
     * @param indexed time that keys, indexes and statistics took, in nanoseconds
     * @param tableBytes size of the table
     * @param indexBytes size of its indexes
     */
    public record Written(long rows, long copied, long replaced, long indexed, long tableBytes, long indexBytes) {}

    private final FoldedVersion version;
    private final Folding folding;
    private final EventReader reader;
    private final ProjectionStore store;

    private WorkingSet set;

    FoldSample(FoldedVersion version, Folding folding, EventReader reader, ProjectionStore store) {
        this.version = version;
        this.folding = folding;
        this.reader = reader;
        this.store = store;
        this.set = new WorkingSet(version, Map.of());
    }

    /**
     * Folds the stretches, several times over while that is quick, since a program is slow at first.
     *
     * @param stretches events in order; each stretch begins with nothing
     */
    public Folded fold(List<List<StoredEvent>> stretches) {
        List<Long> parsed = new ArrayList<>();
        List<Long> folded = new ArrayList<>();
        Tally tally = new Tally();
        long begun = System.nanoTime();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            set = new WorkingSet(version, Map.of());
            tally = new Tally();
            long start = System.nanoTime();
            List<HomeWork> works = new ArrayList<>();
            stretches.forEach(
                    stretch -> stretch.forEach(event -> folding.prepare(ReadEvent.of(event, reader), works::add)));
            long between = System.nanoTime();
            for (HomeWork work : works) {
                folding.fold(work, set);
            }
            long end = System.nanoTime();
            for (HomeWork work : works) {
                tally.count(work);
            }
            parsed.add(between - start);
            folded.add(end - between);
            if (end - begun > LEAST_NANOS) {
                break;
            }
        }
        Tally last = tally;
        stretches.forEach(stretch -> stretch.forEach(last::sampled));
        long rows = set.changes().fresh().size();
        return new Folded(
                last.events,
                mean(parsed),
                mean(folded),
                set.letters().size(),
                rows,
                rows == 0 ? 0 : (set.bytes() - set.letters().size() * 1_024L) / Math.max(1, set.size()),
                last.sampled,
                last.made,
                last.onlyMade,
                last.keys.size(),
                last.keys.values().stream().filter(times -> times == 1).count());
    }

    /** Of all but the first, unless there is only that. */
    private static long mean(List<Long> rounds) {
        return (long) rounds.stream()
                .skip(rounds.size() > 1 ? 1 : 0)
                .mapToLong(Long::longValue)
                .average()
                .orElse(0);
    }

    private final class Tally {

        private final Map<String, Long> sampled = new TreeMap<>();
        private final Map<String, Long> made = new TreeMap<>();
        private final Map<RowKey, Integer> keys = new HashMap<>();
        private long events;
        private boolean onlyMade = true;

        private void sampled(StoredEvent event) {
            events++;
            sampled.merge(event.name(), 1L, Long::sum);
        }

        private void count(HomeWork work) {
            for (Touch touch : work.touches()) {
                if (touch.key().size() < version.rows().keys().size()) {
                    continue; // it touches rows that others make
                }
                keys.merge(touch.key(), 1, Integer::sum);
                if (version.onlyMakes(touch.payload())) {
                    made.merge(work.event().name(), 1L, Long::sum);
                } else if (version.mayMake(touch.payload())) {
                    onlyMade = false;
                }
            }
        }
    }

    /** Writes the rows that were folded last into a table that goes with this call, as a backfill would write them. */
    public Written write() {
        List<StoredRow> rows = set.changes().fresh();
        return Objects.requireNonNull(store.transactions().execute(transaction -> {
            transaction.setRollbackOnly();
            RowTable table = RowTable.temporary(version, store.json());
            table.createWithoutKey(store.jdbc());
            List<Long> copied = new ArrayList<>();
            long begun = System.nanoTime();
            for (int round = 0; round < MOST_ROUNDS && System.nanoTime() - begun < LEAST_NANOS; round++) {
                table.empty(store.jdbc());
                long start = System.nanoTime();
                if (!rows.isEmpty()) {
                    table.copyNew(store.jdbc(), rows, CopyPace.FULL);
                }
                copied.add(System.nanoTime() - start);
            }
            long start = System.nanoTime();
            table.createKey(store.jdbc());
            table.createIndexes(store.jdbc());
            long indexed = System.nanoTime() - start;
            long tableBytes = size("pg_table_size", table);
            long indexBytes = size("pg_indexes_size", table);
            long before = System.nanoTime();
            if (!rows.isEmpty()) {
                table.copyChanged(store.jdbc(), rows, CopyPace.FULL);
            }
            return new Written(rows.size(), mean(copied), System.nanoTime() - before, indexed, tableBytes, indexBytes);
        }));
    }

    private long size(String function, RowTable table) {
        Long bytes =
                store.jdbc().queryForObject("select %s(?::regclass)".formatted(function), Long.class, table.name());
        return bytes == null ? 0 : bytes;
    }
}
