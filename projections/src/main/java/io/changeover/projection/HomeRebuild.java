package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.DeadLetterStore.Parked;
import io.changeover.projection.WorkingSet.Changes;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Folds all history of some homes of a version again, from nothing, and puts the result in place of their rows. The
 * version may be live and serve readers meanwhile: history is folded in memory without a lock, and only what remains to
 * the version's position, the comparison with the stored rows and the writing of those that differ hold up its live
 * processing. A retry after any failure is safe, since each group of homes commits as a whole.
 */
public final class HomeRebuild {

    /** A writer that is faster than this one must not keep it from ever taking the lock. */
    private static final int CATCH_UPS = 10;

    /** From here on COPY pays. */
    private static final int BULK = 500;

    private final FoldedVersion version;
    private final Folding folding;
    private final VersionStorage storage;
    private final ProjectionStore store;
    private final HistoryPages history;
    private final Set<String> names;
    private final HomeRebuildOptions options;
    private final TokenPositions positions;
    private final RowComparison comparison;

    /** @param names names under which events of the version can be stored */
    HomeRebuild(
            FoldedVersion version,
            Folding folding,
            VersionStorage storage,
            ProjectionStore store,
            HistoryPages history,
            Set<String> names,
            HomeRebuildOptions options) {
        this.version = version;
        this.folding = folding;
        this.storage = storage;
        this.store = store;
        this.history = history;
        this.names = names;
        this.options = options;
        this.positions = new TokenPositions(store.table(), store.json());
        this.comparison = new RowComparison(version.rows(), store.json());
    }

    /**
     * Rebuilds the homes. Those for which dead letters wait that turn out to concern further homes bring these with them.
     *
     * @param homes homes as text; one that no event touches loses its rows
     * @throws HopelessRebuildException when too many events fail; groups that were committed before stay
     * @throws IllegalStateException when the event store ends before the version's position
     */
    public HomeRebuildResult run(Collection<String> homes) {
        return run(homes, false);
    }

    /** As {@link #run}, but changes nothing and holds nobody up. What the database would refuse is not found out. */
    public HomeRebuildResult dryRun(Collection<String> homes) {
        return run(homes, true);
    }

    private HomeRebuildResult run(Collection<String> homes, boolean dry) {
        Figures figures = new Figures();
        Set<String> all = new TreeSet<>(homes);
        Set<String> linked = linked(all);
        if (!linked.isEmpty()) {
            rebuild(linked, dry, figures);
            all.removeAll(linked);
        }
        for (List<String> group : groups(all)) {
            rebuild(new HashSet<>(group), dry, figures);
        }
        return figures.sums;
    }

    private List<List<String>> groups(Collection<String> homes) {
        List<String> ordered = List.copyOf(homes);
        List<List<String>> groups = new ArrayList<>();
        for (int from = 0; from < ordered.size(); from += options.homesAtOnce()) {
            groups.add(ordered.subList(from, Math.min(ordered.size(), from + options.homesAtOnce())));
        }
        return groups;
    }

    /**
     * Homes that must be rebuilt together. An event that could not be read waits under its aggregate; read today, it may
     * touch other homes, and its letter can go only with all of their rows at once.
     */
    private Set<String> linked(Set<String> homes) {
        Set<String> linked = new HashSet<>();
        Set<String> seen = new HashSet<>(homes);
        Set<String> fresh = homes;
        while (!fresh.isEmpty()) {
            Set<String> strays = new TreeSet<>();
            for (List<String> group : groups(fresh)) {
                for (Parked letter : storage.deadLetters().of(version.id(), group)) {
                    Set<String> touched = new HashSet<>(folding.homes(letter.event()));
                    touched.add(letter.home());
                    if (touched.size() > 1) {
                        strays.addAll(touched);
                    }
                }
            }
            linked.addAll(strays);
            strays.removeAll(seen);
            seen.addAll(strays);
            fresh = strays;
        }
        return linked;
    }

    private void rebuild(Set<String> homes, boolean dry, Figures figures) {
        Fold fold = new Fold(homes, figures);
        for (int round = 0; round < CATCH_UPS; round++) {
            long low = positions.of(version.id(), store.jdbc()).low();
            if (low - fold.position <= options.eventsUnderLock()) {
                break;
            }
            fold.upTo(low);
        }
        if (dry) {
            snapshots().executeWithoutResult(transaction -> {
                fold.upTo(positions.of(version.id(), store.jdbc()));
                figures.add(fold.outcome(Map.of()));
            });
            return;
        }
        figures.add(Objects.requireNonNull(store.transactions().execute(transaction -> {
            TokenLock.take(store, version.id());
            fold.upTo(positions.of(version.id(), store.jdbc()));
            return fold.write();
        })));
    }

    private TransactionTemplate snapshots() {
        TransactionTemplate snapshots = new TransactionTemplate(
                Objects.requireNonNull(store.transactions().getTransactionManager()));
        snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshots.setReadOnly(true);
        return snapshots;
    }

    /** The history of one group of homes, folded so far. */
    private final class Fold {

        private final Set<String> homes;
        private final Figures figures;
        private final WorkingSet set = new WorkingSet(version, Map.of());
        private long position;

        private Fold(Set<String> homes, Figures figures) {
            this.homes = homes;
            this.figures = figures;
        }

        /** Folds on to a position that every segment has reached. */
        private void upTo(long end) {
            history.read(position, end, names, events -> fold(events, home -> true));
            position = Math.max(position, end);
        }

        /** Folds on, each home to where its segment is. */
        private void upTo(SegmentPositions ends) {
            upTo(ends.low());
            if (ends.high() > position) {
                history.read(position, ends.high(), names, events -> {
                    for (StoredEvent event : events) {
                        fold(List.of(event), home -> event.position() <= ends.of(home));
                    }
                });
            }
        }

        private void fold(List<StoredEvent> events, Predicate<String> reached) {
            figures.events += events.size();
            folding.fold(
                    events,
                    set,
                    home -> homes.contains(home) && reached.test(home),
                    // Nothing is there before the first event. Homes of others stay unknown, and so take no memory.
                    (into, unknown) -> into.learn(
                            unknown.stream()
                                    .filter(home -> homes.contains(home.toString()))
                                    .toList(),
                            List.of(),
                            Set.of()));
            int failed = set.letters().size();
            if (failed > options.maxLetters()) {
                throw new HopelessRebuildException(
                        version.id(),
                        options.maxLetters(),
                        set.letters().get(failed - 1).cause());
            }
        }

        private GroupOutcome write() {
            Map<String, String> refused = new TreeMap<>();
            while (true) {
                GroupOutcome outcome = outcome(refused);
                boolean bulk = outcome.inserted.size() + outcome.changed.size() > BULK;
                Map<String, String> more = storage.write(
                        new Changes(outcome.inserted, outcome.changed, List.copyOf(outcome.deleted)),
                        outcome.letters,
                        bulk ? CopyPace.FULL : null);
                if (more.isEmpty()) {
                    storage.deadLetters().remove(version.id(), outcome.released);
                    outcome.failedAgain.forEach(letter -> storage.deadLetters()
                            .failedAgain(
                                    version.id(), letter.home(), letter.event().position(), letter.cause()));
                    return outcome;
                }
                refused.putAll(more); // each round leaves at least one more home as it is, so this ends
            }
        }

        /** Compares what was folded with what is stored, leaving out homes that are to stay as they are. */
        private GroupOutcome outcome(Map<String, String> untouched) {
            Set<String> mine = new HashSet<>(homes);
            mine.removeAll(untouched.keySet());
            GroupOutcome outcome = new GroupOutcome(
                    mine,
                    untouched,
                    stored(mine),
                    set.letters().stream()
                            .filter(letter -> mine.contains(letter.home()))
                            .toList());
            Map<RowKey, StoredRow> left = new HashMap<>();
            outcome.before.forEach(row -> left.put(key(row), row));
            List<StoredRow> after = set.changes().fresh().stream()
                    .filter(row -> mine.contains(key(row).homeText()))
                    .toList();
            Set<String> different = new TreeSet<>();
            for (StoredRow row : after) {
                StoredRow old = left.remove(key(row));
                if (old != null && comparison.same(old, row)) {
                    outcome.same++;
                } else {
                    (old == null ? outcome.inserted : outcome.changed).add(row);
                    different.add(key(row).homeText());
                }
            }
            outcome.deleted.addAll(left.keySet());
            left.keySet().forEach(key -> different.add(key.homeText()));
            different.stream()
                    .limit(options.samples())
                    .forEach(home -> outcome.samples.put(
                            home, new HomeChange(home, rows(home, outcome.before), rows(home, after))));
            letters(outcome);
            return outcome;
        }

        private List<StoredRow> stored(Collection<String> texts) {
            Column home = version.rows().keys().get(0);
            return storage.table()
                    .load(
                            store.jdbc(),
                            texts.stream()
                                    .flatMap(text -> HomeText.value(home, text).stream())
                                    .toList());
        }

        private void letters(GroupOutcome outcome) {
            Map<String, Map<Long, String>> failing = new HashMap<>();
            outcome.letters.forEach(letter -> failing.computeIfAbsent(letter.home(), home -> new HashMap<>())
                    .put(letter.event().position(), letter.cause()));
            Set<String> counted = new HashSet<>();
            for (Parked letter : storage.deadLetters().of(version.id(), outcome.homes)) {
                String again = failing.getOrDefault(letter.home(), Map.of())
                        .get(letter.event().position());
                if (again != null) {
                    // As with a retry, only the first counts as tried: those behind it wait for it.
                    if (counted.add(letter.home())) {
                        outcome.failedAgain.add(
                                new Parked(letter.home(), letter.event(), again, letter.parkedAt(), letter.attempts()));
                    }
                } else if (outcome.homes.containsAll(folding.homes(letter.event()))) {
                    // One that is about other homes too waits until they are all made anew.
                    outcome.released.add(letter);
                }
            }
        }

        private List<Object> rows(String home, Collection<StoredRow> rows) {
            return rows.stream()
                    .filter(row -> key(row).homeText().equals(home))
                    .sorted(Comparator.comparing(row -> key(row).toString()))
                    .map(StoredRow::row)
                    .toList();
        }

        private RowKey key(StoredRow row) {
            return version.rows().key(row.row());
        }
    }

    /** The sums over all groups. */
    private final class Figures {

        private long events;
        private HomeRebuildResult sums = HomeRebuildResult.nothing();

        private void add(GroupOutcome group) {
            Map<String, String> untouched = new TreeMap<>(sums.untouched());
            untouched.putAll(group.untouched);
            List<HomeChange> samples = Stream.concat(sums.samples().stream(), group.samples.values().stream())
                    .limit(options.samples())
                    .toList();
            String failure = sums.failure();
            if (failure == null && !group.letters.isEmpty()) {
                failure = group.letters.get(0).cause();
            }
            sums = new HomeRebuildResult(
                    sums.homes() + group.homes.size(),
                    events,
                    sums.inserted() + group.inserted.size(),
                    sums.changed() + group.changed.size(),
                    sums.deleted() + group.deleted.size(),
                    sums.same() + group.same,
                    sums.released() + group.released.size(),
                    sums.parked() + group.letters.size(),
                    failure,
                    untouched,
                    samples);
        }
    }
}
