package io.changeover.backfill;

import io.changeover.projection.DaemonThreads;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backfills of this node. Safe for use by several threads. */
public final class Backfills implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);

    private final Projections projections;
    private final OrderedStream stream;
    private final ProjectionStore store;
    private final VersionStates states;
    private final BackfillOptions options;
    private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("changeover-backfill"));
    private final Map<VersionId, CompletableFuture<Long>> running = new ConcurrentHashMap<>();
    private final Map<VersionId, Future<?>> tasks = new ConcurrentHashMap<>();
    private final Map<VersionId, BackfillProgress> progress = new ConcurrentHashMap<>();

    /** Backfills of the node's versions. */
    public Backfills(Projections projections, OrderedStream stream, ProjectionStore store, BackfillOptions options) {
        this.projections = projections;
        this.stream = stream;
        this.store = store;
        this.states = new VersionStates(store.jdbc(), store.clock());
        this.options = options;
    }

    /**
     * Brings the version to life: builds what is missing from history, then starts live processing. Asked again while it
     * runs it gives the run that is under way; for a version that is complete it only starts live processing.
     *
     * @return completes with the position at which live processing took over, or fails with what stopped the backfill
     */
    public synchronized CompletableFuture<Long> start(VersionId version) {
        CompletableFuture<Long> current = running.get(version);
        if (current != null && !current.isDone()) {
            return current;
        }
        Optional<VersionState> state = states.find(version);
        if (state.isPresent() && state.get().stage() == Stage.LIVE) {
            projections.startLive(version);
            return CompletableFuture.completedFuture(state.get().horizon());
        }
        CompletableFuture<Long> run = new CompletableFuture<>();
        running.put(version, run);
        tasks.put(version, threads.submit(() -> {
            if (projections.isHandled(version)) {
                new HandlerBackfill(
                                version,
                                projections,
                                stream,
                                store,
                                options.claimPatience(),
                                moment -> tell(version, moment))
                        .run(run);
            } else {
                run(version, run);
            }
        }));
        return run;
    }

    private void tell(VersionId version, @Nullable BackfillProgress moment) {
        if (moment == null) {
            progress.remove(version);
        } else {
            progress.put(version, moment);
        }
    }

    private void run(VersionId version, CompletableFuture<Long> run) {
        BackfillRunner runner = new BackfillRunner(
                version, projections, stream, store, options, moment -> progress.put(version, moment));
        try {
            long position = runner.run();
            projections.startLive(version);
            runner.report(BackfillProgress.State.DONE, position);
            run.complete(position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.remove(version);
            run.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "The backfill of {} has stopped; it resumes at its last checkpoint when asked for again",
                    version,
                    e);
            fail(version, runner, e);
            run.completeExceptionally(e);
        }
    }

    private void fail(VersionId version, BackfillRunner runner, Throwable cause) {
        String failure = String.valueOf(cause.getMessage());
        long position = Optional.ofNullable(progress.get(version))
                .map(BackfillProgress::position)
                .orElse(0L);
        progress.put(version, runner.progress(BackfillProgress.State.FAILED, position, failure));
        try {
            states.find(version).ifPresent(state -> states.put(version, Stage.FAILED, state.horizon(), failure));
        } catch (RuntimeException e) {
            // The database is away; the stage stays BACKFILLING, so the next start of a node resumes.
            LOG.warn("The failed backfill of {} could not be recorded", version, e);
        }
    }

    /** The last known moment of the version's backfill on this node, or empty when it ran none. */
    public Optional<BackfillProgress> progress(VersionId version) {
        return Optional.ofNullable(progress.get(version));
    }

    /** Stops the version's backfill at its next page, if one runs; what is committed stays. */
    public void cancel(VersionId version) {
        Future<?> task = tasks.remove(version);
        if (task != null) {
            task.cancel(true);
            running.remove(version);
        }
    }

    /** Stops all backfills at their next page and waits for it; they resume when a node starts again. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                LOG.warn("A backfill did not stop within 20 seconds; it resumes at its last checkpoint");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
