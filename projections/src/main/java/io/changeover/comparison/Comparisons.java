package io.changeover.comparison;

import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.ComparisonStore.Running;
import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityWalk;
import io.changeover.projection.DaemonThreads;
import io.changeover.projection.ProjectionStore;
import io.changeover.trace.LogFields;
import io.changeover.view.Column;
import io.changeover.view.RowShape;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import tools.jackson.core.JacksonException;

/**
 * The comparisons of this node that are kept, and what all nodes have kept of theirs. What a range found and the progress
 * after it commit together, so whoever goes on with a comparison misses nothing and finds nothing twice: this node when
 * it starts again, or another one when nothing is heard of this one. Safe for use by several threads.
 */
public final class Comparisons implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);
    private static final Duration CLEANING = Duration.ofMinutes(10);
    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long AWAIT_MILLIS = 50;
    private static final long CLOSE_SECONDS = 10;

    private final Walks walks;
    private final Versions versions;
    private final ComparisonStore store;
    private final DifferenceGrouping grouping;
    private final String node;
    private final ComparisonOptions options;
    private final Map<UUID, Run> runs = new ConcurrentHashMap<>();
    private final ExecutorService workers;
    private final ScheduledExecutorService heart =
            Executors.newScheduledThreadPool(2, new DaemonThreads("changeover-comparison-heart"));
    private volatile boolean closed;
    private long cleanedAt = System.nanoTime() - CLEANING.toNanos();

    /**
     * Comparisons on a node.
     *
     * @param walks how to compare
     * @param versions what this node can compare
     * @param node name of this node, which it has again after a restart
     */
    public Comparisons(Walks walks, Versions versions, ProjectionStore store, String node, ComparisonOptions options) {
        this.walks = walks;
        this.versions = versions;
        this.store = new ComparisonStore(store);
        this.grouping = new DifferenceGrouping(store.jdbc());
        this.node = node;
        this.options = options;
        this.workers = Executors.newFixedThreadPool(options.atOnce(), new DaemonThreads("changeover-comparison"));
    }

    /** Goes on with what this node left unfinished, and from now on with what others leave. */
    public void start() {
        store.running().stream().filter(found -> found.node().equals(node)).forEach(found -> {
            if (knows(found)) {
                take(found);
            } else {
                Run run = run(found);
                if (store.take(found, run, node)) {
                    store.failed(
                            run,
                            "'%s' or '%s' is no longer declared, so they cannot be compared; compare versions that are"
                                    .formatted(found.left(), found.right()));
                }
            }
        });
        repeat(this::heartbeat, options.heartbeat());
        repeat(this::look, options.look());
    }

    private void repeat(Runnable task, Duration interval) {
        var unused = heart.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.warn("Comparisons could not be looked after and will be again: {}", e.toString());
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Begins a comparison and returns at once. While one of the same two versions runs, on whatever node, it is that one.
     *
     * @param actor who asks
     * @param reason why; may be empty
     * @return its identifier
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     */
    public UUID start(VersionId left, VersionId right, String actor, String reason) {
        if (!left.view().equals(right.view()) || left.equals(right)) {
            throw new IllegalArgumentException(
                    "'%s' and '%s' cannot be compared: a comparison needs two versions of one view; name two such"
                            .formatted(left, right));
        }
        RowShape shape = versions.get(left).canonical().shape();
        versions.get(right);
        while (true) {
            Run run = new Run(UUID.randomUUID(), UUID.randomUUID(), left, right);
            if (store.begin(run, names(shape.keys()), names(shape.columns()), node, actor, reason)) {
                submit(run);
                return run.id();
            }
            Optional<UUID> running = store.running(left, right);
            if (running.isPresent()) {
                return running.get();
            }
        }
    }

    /** The comparison of these versions that runs, on whatever node; empty when none does. */
    public Optional<UUID> running(VersionId left, VersionId right) {
        return store.running(left, right);
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::component).toList();
    }

    /** The comparison; empty when there is none. */
    public Optional<Comparison> find(UUID id) {
        return store.find(id);
    }

    /**
     * The comparisons of a view, the latest first.
     *
     * @param state only those in this state; null for all
     * @param limit at most so many
     */
    public List<Comparison> list(String view, @Nullable State state, int limit) {
        return store.list(view, state, limit);
    }

    /**
     * Waits until a comparison has ended, on whatever node.
     *
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when the wait is interrupted
     */
    public Comparison await(UUID id) {
        while (true) {
            Comparison comparison = find(id).orElseThrow(() -> new IllegalArgumentException(
                    "There is no comparison '%s'; take its identifier from the list of a view".formatted(id)));
            if (comparison.state() != State.RUNNING) {
                return comparison;
            }
            pause(AWAIT_MILLIS);
        }
    }

    /**
     * Stops a comparison for good, on whatever node; what it has found stays.
     *
     * @param note why; may be null
     * @return whether it was running
     */
    public boolean cancel(UUID id, @Nullable String note) {
        boolean cancelled = store.cancel(id, note);
        Run run = runs.get(id);
        if (cancelled && run != null) {
            run.stop();
        }
        return cancelled;
    }

    /**
     * Differences in the order in which they were found.
     *
     * @param after number of the last one that is known already, 0 for none
     * @param limit at most so many
     */
    public List<StoredDifference> differences(UUID id, long after, int limit) {
        return store.differences(id, after, limit);
    }

    /** What the differences that were found so far have in common. */
    public DifferenceGroups groups(UUID id) {
        return grouping.of(id);
    }

    /** All differences of a comparison that has ended, in a form to be carried away. */
    public DifferenceExport export(Comparison comparison, ExportFormat format) {
        return new DifferenceExport(comparison, format, store.count(comparison.id()), store::differences);
    }

    /** How comparisons are carried out here. */
    public ComparisonOptions options() {
        return options;
    }

    private void heartbeat() {
        for (Run run : runs.values()) {
            if (!store.heard(run)) {
                run.stop();
            }
        }
    }

    /** Takes over what nobody works on any more, and removes what is old. */
    void look() {
        Instant stale = store.now().toInstant().minus(options.staleAfter());
        for (Running found : store.running()) {
            if (found.heardAt().isBefore(stale) && !runs.containsKey(found.id()) && knows(found)) {
                take(found);
            }
        }
        if (System.nanoTime() - cleanedAt >= CLEANING.toNanos()) {
            cleanedAt = System.nanoTime();
            removeOld();
        }
    }

    /** Removes comparisons that are older than they are to be kept. */
    int removeOld() {
        return store.removeOld(options.retention());
    }

    private boolean knows(Running found) {
        return versions.find(found.left()).isPresent()
                && versions.find(found.right()).isPresent();
    }

    private void take(Running found) {
        Run run = run(found);
        if (store.take(found, run, node)) {
            LOG.info(
                    "Going on with comparison {} of {} and {}, which node {} had",
                    found.id(),
                    found.left(),
                    found.right(),
                    found.node());
            submit(run);
        }
    }

    private static Run run(Running found) {
        return new Run(found.id(), UUID.randomUUID(), found.left(), found.right());
    }

    private void submit(Run run) {
        runs.put(run.id(), run);
        try {
            workers.execute(() -> carryOut(run));
        } catch (RejectedExecutionException e) {
            runs.remove(run.id(), run); // the node stops; another one takes it, or this one when it is back
        }
    }

    private void carryOut(Run run) {
        LogFields fields = LogFields.of(run.left(), run.right());
        run.begin();
        try {
            goOn(run);
        } catch (ComparisonStoppedException e) {
            LOG.info("Comparison {} goes no further on this node", run.id());
        } catch (RuntimeException | Error e) {
            if (!run.isStopped()) {
                LOG.error("Comparison {} of {} and {} failed", run.id(), run.left(), run.right(), e);
                failed(run, e);
            }
        } finally {
            run.end();
            fields.close();
            runs.remove(run.id(), run);
            if (closed) {
                release(run);
            }
        }
    }

    private void failed(Run run, Throwable failure) {
        try {
            store.failed(run, reason(failure));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("That comparison {} failed could not be written", run.id(), e);
        }
    }

    /** What is wrong, which the database says in the innermost words. */
    private static String reason(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException && each.getMessage() != null) {
                return "the database says " + each.getMessage();
            }
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private void release(Run run) {
        try {
            store.release(run);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Comparison {} could not be released and is taken over later", run.id(), e);
        }
    }

    private void goOn(Run run) {
        ParityWalk walk = null;
        long number = 0;
        int failures = 0;
        while (true) {
            run.check();
            try {
                if (walk == null) {
                    number = store.lastNumber(run.id());
                    walk = walks.walk(run.left(), run.right(), progress(run));
                }
                try (Range range = store.range(run, number, options)) {
                    boolean more = walk.advance(range);
                    ParityWalk advanced = walk;
                    walk = null; // whether a commit that fails has come through is for the database to say
                    if (commit(range, advanced, more)) {
                        return;
                    }
                    number = range.number();
                    walk = advanced;
                    failures = 0;
                }
            } catch (DataAccessException | TransactionException | RangeFailedException e) {
                run.check();
                RuntimeException failure = e instanceof RangeFailedException range ? range.failure() : e;
                if (!isPassing(failure) || ++failures >= TRIES) {
                    throw failure;
                }
                LOG.warn("A range of comparison {} is compared again: {}", run.id(), failure.toString());
                pause(FIRST_PAUSE_MILLIS << failures);
            }
        }
    }

    /** Whether that was all. */
    private boolean commit(Range range, ParityWalk walk, boolean more) {
        ParityProgress progress = walk.progress();
        boolean tooMany = progress.differing() > options.maxDifferences();
        if (more && !(tooMany && !progress.done())) {
            range.commit(progress, store.now());
            return false;
        }
        range.finish(progress, walk.report(), tooMany ? tooMany(progress) : null, store.now());
        return true;
    }

    private @Nullable ParityProgress progress(Run run) {
        try {
            return store.progress(run.id());
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "its progress was written by another release and cannot be read by this one; compare again", e);
        }
    }

    private static boolean isPassing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof NonTransientDataAccessResourceException
                || e instanceof CannotCreateTransactionException
                || e instanceof TransactionSystemException;
    }

    /** What to know of a comparison that found more than is kept. */
    private String tooMany(ParityProgress progress) {
        String kept = String.format(
                Locale.ROOT,
                "Only the first %,d of %,d differing rows are kept",
                options.maxDifferences(),
                progress.differing());
        String remedy =
                "mend what most of them have in common and compare again, or raise changeover.comparisons.max-differences";
        if (progress.done()) {
            return "%s; %s".formatted(kept, remedy);
        }
        long seen = progress.rowsCompared() + progress.missing() + progress.extra() + progress.inFlight();
        return String.format(
                Locale.ROOT,
                "Stopped early behind home '%s', with about %,d of %,d rows not compared. %s; %s",
                progress.after(),
                Math.max(0, progress.estimatedRows() - seen),
                progress.estimatedRows(),
                kept,
                remedy);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the wait for a comparison was interrupted", e);
        }
    }

    /** Stops work; it goes on with the last range that was committed when a node takes it. */
    @Override
    public void close() {
        closed = true;
        heart.shutdownNow();
        workers.shutdown();
        runs.values().forEach(Run::stop);
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A comparison does not stop, and is abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
