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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
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
        return run(homes, Mode.BY_GROUP, home -> {});
    }

    /**
     * As {@link #run}, but each home in a transaction of its own, so that what is done stays done whatever becomes of the
     * rest. Homes that share dead letters go together.
     *
     * @param witness told of each home before its transaction commits
     */
    public HomeRebuildResult runEach(Collection<String> homes, HomeWitness witness) {
        return run(homes, Mode.BY_HOME, witness);
    }

    /** As {@link #run}, but changes nothing and holds nobody up. What the database would refuse is not found out. */
    public HomeRebuildResult dryRun(Collection<String> homes) {
        return dryRun(homes, home -> {});
    }

    /**
     * As {@link #dryRun(Collection)}.
     *
     * @param witness told of each home
     */
    public HomeRebuildResult dryRun(Collection<String> homes, HomeWitness witness) {
        return run(homes, Mode.DRY, witness);
    }

    private enum Mode {
        BY_GROUP,
        BY_HOME,
        DRY
    }

    private HomeRebuildResult run(Collection<String> homes, Mode mode, HomeWitness witness) {
        Figures figures = new Figures(witness);
        Set<String> all = new TreeSet<>(homes);
        Set<String> linked = linked(all);
        if (!linked.isEmpty()) {
            rebuild(linked, mode == Mode.BY_HOME ? Mode.BY_GROUP : mode, figures);
            all.removeAll(linked);
        }
        for (List<String> group : groups(all)) {
            rebuild(new LinkedHashSet<>(group), mode, figures);
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

    private void rebuild(Set<String> homes, Mode mode, Figures figures) {
        Fold fold = new Fold(homes, figures);
        switch (mode) {
            case DRY -> {
                catchUp(fold);
                snapshots().executeWithoutResult(transaction -> {
                    fold.upTo(positions.of(version.id(), store.jdbc()));
                    figures.add(fold.outcome(homes, Map.of()));
                });
            }
            case BY_GROUP -> rebuild(homes, fold, figures);
            case BY_HOME -> homes.forEach(home -> rebuild(Set.of(home), fold, figures));
        }
    }

    private void rebuild(Set<String> homes, Fold fold, Figures figures) {
        catchUp(fold);
        try {
            figures.count(Objects.requireNonNull(store.transactions().execute(transaction -> {
                TokenLock.take(store, version.id());
                fold.upTo(positions.of(version.id(), store.jdbc()));
                GroupOutcome outcome = fold.write(homes);
                figures.show(outcome);
                return outcome;
            })));
        } catch (HomeLeftException e) {
            figures.leave(homes, String.valueOf(e.getMessage()));
        }
    }

    /** Folds on without a lock, until little is left. */
    private void catchUp(Fold fold) {
        for (int round = 0; round < CATCH_UPS; round++) {
            long low = positions.of(version.id(), store.jdbc()).low();
            if (low - fold.position <= options.eventsUnderLock()) {
                return;
            }
            fold.upTo(low);
        }
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
        /** Letters by home; those that the set has beyond them are new. */
        private final Map<String, List<Letter>> letters = new HashMap<>();

        private int listed;
        private long position;
        /** Position up to which each home was folded that is ahead of the rest. */
        private SegmentPositions reached = new SegmentPositions(Map.of());

        private Fold(Set<String> homes, Figures figures) {
            this.homes = homes;
            this.figures = figures;
        }

        /** Folds on to a position that every segment has reached. */
        private void upTo(long end) {
            history.read(position, end, names, events -> {
                if (reached.high() <= position) {
                    fold(events, home -> true);
                } else {
                    foldEach(events, (event, home) -> event.position() > reached.of(home));
                }
            });
            position = Math.max(position, end);
        }

        /** Folds on, each home to where its segment is. */
        private void upTo(SegmentPositions ends) {
            upTo(ends.low());
            if (ends.high() > position) {
                history.read(
                        position,
                        ends.high(),
                        names,
                        events -> foldEach(
                                events,
                                (event, home) ->
                                        event.position() > reached.of(home) && event.position() <= ends.of(home)));
            }
            reached = ends;
        }

        private void foldEach(List<StoredEvent> events, BiPredicate<StoredEvent, String> wanted) {
            for (StoredEvent event : events) {
                fold(List.of(event), home -> wanted.test(event, home));
            }
        }

        private void fold(List<StoredEvent> events, Predicate<String> wanted) {
            figures.events += events.size();
            folding.fold(
                    events,
                    set,
                    home -> homes.contains(home) && wanted.test(home),
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

        /** Writes the rows of some of the homes. */
        private GroupOutcome write(Set<String> some) {
            Map<String, String> refused = new TreeMap<>();
            while (true) {
                GroupOutcome outcome = outcome(some, refused);
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
        private GroupOutcome outcome(Set<String> some, Map<String, String> untouched) {
            Set<String> mine = new LinkedHashSet<>(some);
            mine.removeAll(untouched.keySet());
            GroupOutcome outcome = new GroupOutcome(mine, untouched, stored(mine), letters(mine));
            Map<RowKey, StoredRow> left = new HashMap<>();
            outcome.before.forEach(row -> left.put(key(row), row));
            List<StoredRow> after = values(mine).stream()
                    .flatMap(home -> set.rowsOf(home).stream())
                    .toList();
            Set<String> different = new TreeSet<>();
            for (StoredRow row : after) {
                RowKey key = key(row);
                StoredRow old = left.remove(key);
                if (old != null && comparison.same(old, row)) {
                    outcome.same++;
                    outcome.sameByHome.merge(key.homeText(), 1L, Long::sum);
                } else {
                    (old == null ? outcome.inserted : outcome.changed).add(row);
                    outcome.change(
                            key,
                            new RowChange(
                                    key.texts(), old, row, old == null ? List.of() : comparison.differing(old, row)));
                    different.add(key.homeText());
                }
            }
            outcome.deleted.addAll(left.keySet());
            left.forEach((key, row) -> {
                outcome.change(key, new RowChange(key.texts(), row, null, List.of()));
                different.add(key.homeText());
            });
            different.stream()
                    .limit(options.samples())
                    .forEach(home -> outcome.samples.put(
                            home, new HomeChange(home, rows(home, outcome.before), rows(home, after))));
            compareLetters(outcome);
            return outcome;
        }

        private List<Letter> letters(Set<String> mine) {
            List<Letter> all = set.letters();
            for (; listed < all.size(); listed++) {
                Letter letter = all.get(listed);
                letters.computeIfAbsent(letter.home(), home -> new ArrayList<>())
                        .add(letter);
            }
            return mine.stream()
                    .flatMap(home -> letters.getOrDefault(home, List.of()).stream())
                    .toList();
        }

        private List<Object> values(Collection<String> texts) {
            Column home = version.rows().keys().get(0);
            return texts.stream()
                    .flatMap(text -> HomeText.value(home, text).stream())
                    .toList();
        }

        private List<StoredRow> stored(Collection<String> texts) {
            return storage.table().load(store.jdbc(), values(texts));
        }

        private void compareLetters(GroupOutcome outcome) {
            Map<String, Map<Long, String>> failing = new HashMap<>();
            outcome.letters.forEach(letter -> failing.computeIfAbsent(letter.home(), home -> new HashMap<>())
                    .put(letter.event().position(), letter.cause()));
            Set<String> counted = new HashSet<>();
            for (Parked letter : storage.deadLetters().of(version.id(), outcome.homes)) {
                outcome.parkedByHome.merge(letter.home(), 1, Integer::sum);
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

        private final HomeWitness witness;
        private long events;
        private HomeRebuildResult sums = HomeRebuildResult.nothing();

        private Figures(HomeWitness witness) {
            this.witness = witness;
        }

        private void add(GroupOutcome group) {
            show(group);
            count(group);
        }

        private void show(GroupOutcome group) {
            group.folded().forEach(witness::folded);
        }

        private void leave(Set<String> homes, String reason) {
            Map<String, String> untouched = new TreeMap<>();
            homes.forEach(home -> untouched.put(home, reason));
            count(new GroupOutcome(Set.of(), untouched, List.of(), List.of()));
        }

        private void count(GroupOutcome group) {
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
