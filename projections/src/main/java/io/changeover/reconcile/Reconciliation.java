package io.changeover.reconcile;

import io.changeover.parity.HomesReport;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.reconcile.ReconciliationStore.Look;
import io.changeover.reconcile.ReconciliationStore.Row;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps pairs of versions compared. A look reads the events since the last one, up to a position that both versions have
 * reached, and compares the rows that these touch, each batch at one instant.
 *
 * <p>It waits for nothing and is exact all the same. Let both versions have reached position {@code p} and a home be in
 * flight at a later instant: an event at {@code q} is applied on one side only. That side of the two which has not applied
 * it has yet applied everything up to {@code p}, so {@code q > p}: the event belongs to a stretch that no look has read, and
 * the look that reads it meets the home again. The same holds for a comparison of all rows that begins after both have
 * reached {@code p} and from which the looks go on at {@code p}. What the argument needs is made sure of:
 *
 * <ul>
 *   <li>{@code p} is the lowest position of all segments of both versions, and tokens only move forward.
 *   <li>A version that is built anew moves back, or comes back at a higher position with other rows. Its position at the
 *       instant of the comparison is looked at again, and a look from before is thrown away; and with each building a
 *       version gets another mark, at which the pair begins anew: at the present position, with all rows.
 *   <li>A home with dead letters changes by a retry, which no event announces. Such homes are kept and looked at again
 *       until they are compared; so are rows that differ, since a rebuild is not announced either.
 *   <li>Where neither side tells which rows an event changes, or somebody else maintains one of them at times of his own,
 *       homes in flight are kept and looked at again as well. So they are where all that were asked for are in flight:
 *       versions that are far apart are not compared at all, whatever the events between them touch.
 * </ul>
 *
 * Position, differing rows and kept homes are written in one transaction, and only by the node that has the claim: a kill
 * loses nothing and repeats one look. Safe for use by several threads, of which one works at a time.
 */
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /** Homes that differ and are looked at again each time; a fold that is wrong everywhere must not slow the looks down. */
    private static final int LOOKED_AT_AGAIN = 5_000;

    /** Homes that are kept to be looked at again; with more of them the position stays, which keeps them as well. */
    private static final int MOST_WAITING = 20_000;

    private static final int LISTED = 10;
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;

    private enum Outcome {
        DONE,
        MORE,
        FAILED,
        PAUSED,
        ELSEWHERE
    }

    private final Versions versions;
    private final OrderedStream stream;
    private final ParityCheck parity;
    private final FullPass fullPass;
    private final ProjectionStore database;
    private final ReconciliationOptions options;
    private final String node;
    private final List<DriftListener> listeners;
    private final Standings standings;
    private final Pairs pairs;
    private final Touched touched;
    private final ReconciliationStore store;
    private final ReentrantLock working = new ReentrantLock(true);
    private final Map<VersionPair, Integer> failures = new HashMap<>();
    private final Map<VersionPair, Drift> latest = new ConcurrentHashMap<>();
    private final Map<VersionPair, AtomicLong> compared = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /**
     * @param fullPass how all rows are compared
     * @param node name of this node, unique among all that share the database
     * @throws io.changeover.view.UnknownVersionException when a version that the options name is not declared
     * @throws IllegalArgumentException when both versions of a pair that they name are maintained by somebody else
     */
    public Reconciliation(
            Versions versions,
            Router router,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            ParityCheck parity,
            FullPass fullPass,
            ReconciliationOptions options,
            String node,
            List<DriftListener> listeners) {
        this.versions = versions;
        this.stream = stream;
        this.parity = parity;
        this.fullPass = fullPass;
        this.database = store;
        this.options = options;
        this.node = node;
        this.listeners = List.copyOf(listeners);
        this.standings = new Standings(versions, projections, store, parity);
        this.pairs = new Pairs(versions, router, standings, options.pairs());
        this.touched = new Touched(versions, projections, HistoryPages.of(stream));
        this.store = new ReconciliationStore(store);
    }

    /** Looks once at every pair that is due and that no other node looks at; says whether more waits to be looked at. */
    boolean step() {
        SortedSet<VersionPair> current = pairs.now();
        boolean more = false;
        for (VersionPair pair : current) {
            if (!closing) {
                more |= look(pair, false, false) == Outcome.MORE;
            }
        }
        latest.keySet().retainAll(current);
        current.forEach(pair -> latest.put(pair, status(pair, LISTED)));
        return more;
    }

    /**
     * Compares what events have touched since the last look, on this node and now, up to the position that both versions
     * have reached.
     *
     * @param all whether to compare all rows first
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     * @throws ReconciliationRefusedException when no two versions of the view can be compared, or another node does it
     */
    public void now(String view, boolean all) {
        comparable(view).forEach(pair -> now(pair, all));
    }

    /**
     * The pairs of the view that {@link #now(String, boolean)} would compare, at least one.
     *
     * @throws ReconciliationRefusedException when there is none
     */
    public List<VersionPair> comparable(String view) {
        Set<VersionPair> current = of(view);
        List<VersionPair> comparable = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (VersionPair pair : current) {
            String paused = standings.paused(pair);
            if (paused == null) {
                comparable.add(pair);
            } else {
                reasons.add(paused);
            }
        }
        if (comparable.isEmpty()) {
            throw new ReconciliationRefusedException(
                    "nothing-to-reconcile",
                    current.isEmpty()
                            ? "View '%s' has no two versions that live, and only such are reconciled; declare a changeover and run its backfill first"
                                    .formatted(view)
                            : "View '%s' has no two versions that can be compared now: %s"
                                    .formatted(view, String.join(", ", reasons)));
        }
        return comparable;
    }

    private void now(VersionPair pair, boolean all) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean full = all;
        Outcome outcome = look(pair, true, full);
        while (outcome == Outcome.MORE || outcome == Outcome.ELSEWHERE) {
            if (outcome == Outcome.MORE) {
                full = false;
            } else if (System.nanoTime() > deadline) {
                throw new ReconciliationRefusedException(
                        "reconciled-elsewhere",
                        "%s and %s are being compared by node '%s', and one node does it at a time; look at the drift in a moment"
                                .formatted(
                                        pair.left(),
                                        pair.right(),
                                        store.find(pair).map(Row::claimedBy).orElse("that has just ended")));
            } else {
                pause();
            }
            outcome = look(pair, true, full);
        }
        latest.put(pair, status(pair, LISTED));
    }

    /**
     * Where the pairs of a view stand.
     *
     * @param limit greatest number of differing rows to list of each
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    public List<Drift> drift(String view, int limit) {
        return of(view).stream().map(pair -> status(pair, limit)).toList();
    }

    private Set<VersionPair> of(String view) {
        versions.requireView(view);
        return pairs.now().stream()
                .filter(pair -> pair.view().equals(view))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where the pair stood when this node last looked; empty where it is not compared, or was not looked at yet. */
    public Optional<Drift> latest(VersionPair pair) {
        return Optional.ofNullable(latest.get(pair));
    }

    /** Rows of the pair that this node has compared since it started. */
    public long compared(VersionPair pair) {
        AtomicLong count = compared.get(pair);
        return count == null ? 0 : count.get();
    }

    /** Ends what is being compared, at its next piece of work, and everything that is asked later. */
    void close() {
        closing = true;
    }

    private Outcome look(VersionPair pair, boolean demanded, boolean all) {
        working.lock();
        try {
            Row row = store.claim(pair, node, options.lease(), demanded).orElse(null);
            return row == null ? Outcome.ELSEWHERE : look(pair, row, all);
        } finally {
            working.unlock();
        }
    }

    private Outcome look(VersionPair pair, Row row, boolean all) {
        Duration untilDue = options.interval();
        try {
            // After the claim: what another node wrote down before it gave the pair back must not be ahead of this.
            Standing standing = standings.of(pair);
            if (standing.paused() != null) {
                return Outcome.PAUSED;
            }
            boolean more = compare(pair, row, standing, all);
            untilDue = more ? Duration.ZERO : untilDue;
            succeeded(pair, row);
            return more ? Outcome.MORE : Outcome.DONE;
        } catch (RunEndedException e) {
            LOG.debug("A look at {} has ended early", pair, e);
            return e.isTakenOver() ? Outcome.ELSEWHERE : Outcome.PAUSED;
        } catch (RuntimeException e) {
            // A version that is removed takes its table away from under a comparison.
            if (standings.paused(pair) != null) {
                return Outcome.PAUSED;
            }
            untilDue = failed(pair, row, e);
            return Outcome.FAILED;
        } finally {
            store.release(pair, node, untilDue);
        }
    }

    private void succeeded(VersionPair pair, Row row) {
        failures.remove(pair);
        if (row.failure() != null) {
            store.outcome(pair, node, null);
            LOG.info("{} and {} are compared again", pair.left(), pair.right());
        }
    }

    private Duration failed(VersionPair pair, Row row, RuntimeException failure) {
        int times = failures.merge(pair, 1, Integer::sum);
        String text = reason(failure);
        if (!text.equals(row.failure())) {
            store.outcome(pair, node, text);
            LOG.error(
                    "{} and {} cannot be compared, so whether they drift apart is not known; it is tried again by itself, ever less often. Mend what the message names, then see 'changeover drift {}'",
                    pair.left(),
                    pair.right(),
                    pair.view(),
                    failure);
        }
        Duration backOff = options.interval().multipliedBy(1L << Math.min(times, 16));
        return backOff.compareTo(LONGEST_BACK_OFF) > 0 && LONGEST_BACK_OFF.compareTo(options.interval()) > 0
                ? LONGEST_BACK_OFF
                : backOff;
    }

    /** What is wrong, which the database says in the innermost words. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return Objects.toString(innermost.getMessage(), innermost.getClass().getName());
    }

    /** Says whether more waits to be looked at. */
    private boolean compare(VersionPair pair, Row row, Standing standing, boolean all) {
        Long position = row.position();
        Runnable alive = new Heartbeat(pair);
        boolean anew = position == null
                || position > standing.low()
                || !Objects.equals(row.leftBuilt(), standing.leftBuilt())
                || !Objects.equals(row.rightBuilt(), standing.rightBuilt());
        if (anew) {
            store.begin(pair, node, standing);
        }
        long from = anew ? standing.low() : Objects.requireNonNull(position);
        RuntimeException failure = null;
        if (all
                || anew
                || row.fullWanted()
                || options.isFullDue(row.fullAt(), database.clock().instant())) {
            try {
                compareAll(pair, from, alive);
            } catch (RunEndedException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = e; // which must not keep touched rows from being looked at
            }
        }
        boolean more = compareTouched(pair, from, standing.low(), alive);
        if (failure != null) {
            throw failure;
        }
        return more;
    }

    /**
     * Rows are read after both versions have reached the position, from which the looks then go on. It stays where it was
     * when the comparison was begun, which may have been by a process that was killed.
     */
    private void compareAll(VersionPair pair, long position, Runnable alive) {
        Instant began = database.clock().instant();
        // Before the rows. A home that is parked later is so by a later event, which a look will meet.
        Set<String> waiting = touched.waiting(pair);
        KeptRows found = new KeptRows(options.keptRows());
        ParityReport report = fullPass.run(pair.left(), pair.right(), found, alive);
        if (report.rowsCompared() == 0 && report.inFlight() > 0 && !isMetAgain(pair)) {
            throw new IllegalStateException("Not all rows could be compared: " + report.reason());
        }
        count(pair, report.rowsCompared());
        Look look = new Look(position, Set.of(), found, waiting, report.rowsCompared());
        Row before = store.find(pair).orElseThrow();
        boolean alert = store.all(
                pair,
                node,
                look,
                report.verdict(),
                // Where nothing is proven, nothing is proven about rows that differed before either.
                report.verdict() != Verdict.NOT_COMPARABLE,
                began,
                database.clock().instant(),
                options.alertAbove());
        tell(pair, before.alerting(), alert);
    }

    private boolean compareTouched(VersionPair pair, long from, long low, Runnable alive) {
        long upTo = Math.min(low, Math.addExact(from, Math.min(options.stretch(), Long.MAX_VALUE - from)));
        Row before = store.find(pair).orElseThrow();
        Set<String> homes = new LinkedHashSet<>(before.waiting());
        homes.addAll(store.driftHomes(pair, LOOKED_AT_AGAIN));
        homes.addAll(touched.between(pair, from, upTo, alive));
        Set<List<String>> known = before.kept() == 0 ? Set.of() : store.keys(pair);
        KeptRows found = new KeptRows((int) Math.max(0, options.keptRows() - before.kept()), known);
        Set<String> settled = new LinkedHashSet<>();
        Set<String> waiting = new LinkedHashSet<>();
        long rows = 0;
        for (Set<String> batch : batches(homes)) {
            HomesReport report = parity.homes(pair.left(), pair.right(), batch, found);
            if (Math.min(report.leftPosition(), report.rightPosition()) < upTo) {
                return true; // one of them has been taken back since; what was seen says nothing about this stretch
            }
            rows += report.rowsCompared();
            settled.addAll(batch);
            settled.removeAll(report.inFlight());
            settled.removeAll(report.parked());
            waiting.addAll(report.parked());
            if (!isMetAgain(pair) || report.inFlight().containsAll(batch)) {
                waiting.addAll(report.inFlight());
                requireFew(pair, waiting);
            }
            alive.run();
        }
        count(pair, rows);
        boolean alert = store.touched(
                pair,
                node,
                new Look(upTo, settled, found, waiting, rows),
                database.clock().instant(),
                options.alertAbove());
        tell(pair, before.alerting(), alert);
        return upTo < low;
    }

    /**
     * Whether the event for which a home is in flight names it, so that the look which reads the event meets it. Only folds
     * name the rows of an event; and a foreign table changes without one.
     */
    private boolean isMetAgain(VersionPair pair) {
        VersionDefinition left = versions.get(pair.left());
        VersionDefinition right = versions.get(pair.right());
        return !(left instanceof ForeignVersion)
                && !(right instanceof ForeignVersion)
                && (left instanceof FoldedVersion || right instanceof FoldedVersion);
    }

    private static void requireFew(VersionPair pair, Set<String> waiting) {
        if (waiting.size() > MOST_WAITING) {
            throw new IllegalStateException(
                    "%s and %s are too far apart, and more than %d rows that events have touched could not be compared; see which of them does not follow the store"
                            .formatted(pair.left(), pair.right(), MOST_WAITING));
        }
    }

    private List<Set<String>> batches(Collection<String> homes) {
        List<Set<String>> batches = new ArrayList<>();
        Iterator<String> rest = homes.iterator();
        while (rest.hasNext()) {
            Set<String> batch = new LinkedHashSet<>();
            while (rest.hasNext() && batch.size() < options.batch()) {
                batch.add(rest.next());
            }
            batches.add(batch);
        }
        return batches;
    }

    private void count(VersionPair pair, long rows) {
        compared.computeIfAbsent(pair, any -> new AtomicLong()).addAndGet(rows);
    }

    private void tell(VersionPair pair, boolean before, boolean after) {
        if (before == after) {
            return;
        }
        Drift drift = status(pair, LISTED);
        if (after) {
            LOG.error(
                    "{} and {} have drifted apart: {} rows differ, and no more than {} may{}. See 'changeover drift {}', explain a key, then repair the rows",
                    pair.left(),
                    pair.right(),
                    drift.rows(),
                    options.alertAbove(),
                    example(drift.listed()),
                    pair.view());
        } else {
            LOG.info(
                    "{} and {} are back together: {} rows differ, and {} may",
                    pair.left(),
                    pair.right(),
                    drift.rows(),
                    options.alertAbove());
        }
        for (DriftListener listener : listeners) {
            try {
                if (after) {
                    listener.exceeded(drift);
                } else {
                    listener.recovered(drift);
                }
            } catch (RuntimeException e) {
                LOG.error("Listener {} has failed at the drift of {}", listener, pair, e);
            }
        }
    }

    private static String example(List<DriftingRow> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        DriftingRow row = rows.get(0);
        return ", such as key '%s', which is %s%s"
                .formatted(
                        row.keyText(),
                        row.kind(),
                        row.fields().isEmpty() ? "" : " in " + String.join(", ", row.fields()));
    }

    private Drift status(VersionPair pair, int limit) {
        Row row = store.find(pair).orElse(null);
        String paused = standings.paused(pair);
        Long position = row == null ? null : row.position();
        String failure = row == null ? null : row.failure();
        return new Drift(
                pair.view(),
                pair.left().toString(),
                pair.right().toString(),
                paused != null ? "paused" : failure != null ? "failing" : position == null ? "new" : "following",
                paused != null ? paused : failure,
                position == null ? 0 : position,
                Math.max(0, stream.head() - (position == null ? 0 : position)),
                row == null ? null : row.incrementalAt(),
                row == null ? null : row.fullAt(),
                row == null ? null : row.fullVerdict(),
                row == null ? 0 : row.rowsCompared(),
                row == null ? 0 : row.differing(),
                row == null ? 0 : row.waiting().size(),
                row != null && row.alerting(),
                row == null ? null : row.claimedBy(),
                row == null ? List.of() : store.drift(pair, limit));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReconciliationRefusedException(
                    "interrupted", "The wait for another node was interrupted; nothing has changed, ask again");
        }
    }

    /** Keeps the claim, and ends the work where it must not go on. */
    private final class Heartbeat implements Runnable {

        private final VersionPair pair;
        private long last = System.nanoTime();

        Heartbeat(VersionPair pair) {
            this.pair = pair;
        }

        @Override
        public void run() {
            if (closing) {
                throw new RunEndedException("This node stops", false);
            }
            if (System.nanoTime() - last < options.lease().toNanos() / 3) {
                return;
            }
            store.renew(pair, node, options.lease());
            String paused = standings.paused(pair);
            if (paused != null) {
                throw new RunEndedException(paused, false);
            }
            last = System.nanoTime();
        }
    }

    /** The pairs that are named, and all that versions which are built here could be. */
    public SortedSet<VersionPair> possible() {
        SortedSet<VersionPair> possible = new TreeSet<>(options.pairs());
        for (VersionDefinition one : versions.built()) {
            for (VersionDefinition other : versions.built()) {
                if (one.id().view().equals(other.id().view())
                        && one.id().version() < other.id().version()) {
                    possible.add(new VersionPair(one.id(), other.id()));
                }
            }
        }
        return possible;
    }

    /** The time between two looks. */
    Duration interval() {
        return options.interval();
    }
}
