package io.changeover.backfill;

import io.changeover.event.StoredEvent;
import io.changeover.projection.HistoryFolding;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/** Runs one backfill on the calling thread, from its last checkpoint to its horizon. */
final class BackfillRunner {

    private static final Duration CLAIM_PAUSE = Duration.ofMillis(250);

    private final VersionId version;
    private final HistoryFolding folding;
    private final OrderedStream stream;
    private final VersionStates states;
    private final BackfillOptions options;
    private final Consumer<BackfillProgress> listener;
    private final long startedNanos = System.nanoTime();
    private long events;
    private long start;
    private long horizon;

    BackfillRunner(
            VersionId version,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            BackfillOptions options,
            Consumer<BackfillProgress> listener) {
        this.version = version;
        this.folding = projections.historyFolding(version);
        this.stream = stream;
        this.states = new VersionStates(store.jdbc(), store.clock());
        this.options = options;
        this.listener = listener;
    }

    /**
     * Builds the version.
     *
     * @return the position at which live processing takes over
     * @throws InterruptedException when the node stops; what is committed stays, and a later run goes on from there
     */
    long run() throws InterruptedException {
        horizon = stream.horizon();
        states.put(version, Stage.BACKFILLING, horizon, null);
        start = claim();
        long position = start;
        report(BackfillProgress.State.RUNNING, position);
        long sinceCheckpoint = 0;
        long lastCheckpoint = System.nanoTime();
        while (position < horizon) {
            if (Thread.interrupted()) {
                folding.release();
                throw new InterruptedException(
                        "the backfill of %s was stopped at position %d".formatted(version, position));
            }
            Page page = stream.read(position, options.pageSize());
            List<StoredEvent> within = upToHorizon(page.events());
            folding.fold(within);
            events += within.size();
            sinceCheckpoint += within.size();
            if (page.position() == position) {
                Thread.sleep(CLAIM_PAUSE.toMillis()); // cannot be below the horizon, but must never spin
            }
            position = Math.min(horizon, page.position());
            boolean due = sinceCheckpoint >= options.checkpointEvents()
                    || System.nanoTime() - lastCheckpoint
                            >= options.checkpointInterval().toNanos();
            if (due || position >= horizon) {
                position = folding.checkpoint(position);
                if (folding.rowsInMemory() > options.maxRowsInMemory()) {
                    folding.forgetRows();
                }
                sinceCheckpoint = 0;
                lastCheckpoint = System.nanoTime();
                report(BackfillProgress.State.RUNNING, position);
            }
        }
        folding.finish();
        states.put(version, Stage.LIVE, horizon, null);
        return horizon;
    }

    /** After a crash the claim of the dead node lasts until its timeout, so waiting is normal. */
    private long claim() throws InterruptedException {
        long deadline = System.nanoTime() + options.claimPatience().toNanos();
        while (true) {
            try {
                return folding.begin();
            } catch (UnableToClaimTokenException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(CLAIM_PAUSE.toMillis()); // nothing tells when a claim of another node lapses
            }
        }
    }

    private List<StoredEvent> upToHorizon(List<StoredEvent> page) {
        if (page.isEmpty() || page.get(page.size() - 1).position() <= horizon) {
            return page;
        }
        return page.stream().filter(event -> event.position() <= horizon).toList();
    }

    void report(BackfillProgress.State state, long position) {
        listener.accept(progress(state, position, null));
    }

    BackfillProgress progress(BackfillProgress.State state, long position, @Nullable String failure) {
        return new BackfillProgress(
                version,
                state,
                start,
                position,
                horizon,
                events,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                failure);
    }
}
