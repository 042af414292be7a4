package io.changeover.backfill;

import io.changeover.backfill.BackfillProgress.State;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a version whose rows an event handling component writes. The component can only be given one event after the
 * other, so its history goes through the same processor as its live events, and this watches it up to the horizon. Several
 * nodes may do so at once; they share the segments.
 */
final class HandlerBackfill {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerBackfill.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final VersionId version;
    private final @Nullable Stage seen;
    private final Projections projections;
    private final OrderedStream stream;
    private final ProjectionStore store;
    private final VersionStates states;
    private final Consumer<@Nullable BackfillProgress> listener;
    private final long startedNanos = System.nanoTime();
    private long start;
    private long position;
    private long horizon;

    /**
     * @param seen where the version stood when it was asked for, or null when it was not begun
     * @param listener told of each moment, and of null once the backfill is stopped and nothing is to be told any more
     */
    HandlerBackfill(
            VersionId version,
            @Nullable Stage seen,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            Consumer<@Nullable BackfillProgress> listener) {
        this.version = version;
        this.seen = seen;
        this.projections = projections;
        this.stream = stream;
        this.store = store;
        this.states = new VersionStates(store.jdbc(), store.clock());
        this.listener = listener;
    }

    /** Builds the version and tells the future how it ended; the version is live when it ends well. */
    void run(CompletableFuture<Long> run) {
        try {
            build();
            report(projections.deadLetterCount(version) == 0 ? State.DONE : State.INCOMPLETE, null);
            run.complete(horizon);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            projections.stopLive(version);
            listener.accept(null);
            run.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            if (Thread.currentThread().isInterrupted()) { // while it waited for a connection; nothing is wrong with it
                projections.stopLive(version);
                listener.accept(null);
                run.completeExceptionally(new InterruptedException());
                return;
            }
            LOG.error("The backfill of {} has stopped; it goes on where it was when asked for again", version, e);
            projections.stopLive(version);
            fail(String.valueOf(e.getMessage()));
            run.completeExceptionally(e);
        }
    }

    private void build() throws InterruptedException {
        horizon = begin();
        start = projections.positions(version).low();
        position = start;
        report(State.RUNNING, null);
        projections.startLive(version);
        long last = lastEvent();
        while (position < last) {
            Thread.sleep(PAUSE.toMillis()); // between two looks at the tokens
            position = projections.positions(version).low();
            report(State.RUNNING, projections.failure(version).orElse(null));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(); // whoever stopped it has said where it stands
        }
        boolean complete = projections.deadLetterCount(version) == 0;
        if (!states.advance(version, complete ? Stage.LIVE : Stage.INCOMPLETE, horizon, null)) {
            throw new InterruptedException(); // by another node, in this moment
        }
    }

    /** A node of the former release may still run the component, or its claim may not have lapsed yet. */
    private long begin() throws InterruptedException {
        long now = stream.horizon();
        while (true) {
            try {
                return projections.beginHandled(version, now, seen).orElseThrow(InterruptedException::new);
            } catch (UnableToClaimTokenException e) {
                report(State.STARTING, String.valueOf(e.getMessage()));
                Thread.sleep(Engine.CLAIM_PAUSE.toMillis()); // nothing tells when a claim of another node lapses
            }
        }
    }

    /** Tokens stand at events, and the horizon may lie in a gap above the last one. */
    private long lastEvent() {
        String column = stream.table().columns().position();
        Long last = store.jdbc()
                .queryForObject(
                        "select coalesce(max(%s), 0) from %s where %1$s <= ?"
                                .formatted(column, stream.table().events()),
                        Long.class,
                        horizon);
        return last == null ? 0 : last;
    }

    private void fail(String failure) {
        report(State.FAILED, failure);
        try {
            states.put(version, Stage.FAILED, horizon, failure);
        } catch (RuntimeException e) {
            // The database is away; the stage stays BACKFILLING, so the next start of a node resumes.
            LOG.warn("The failed backfill of {} could not be recorded", version, e);
        }
    }

    private void report(State state, @Nullable String failure) {
        long now = Math.min(position, horizon);
        long events = projections.handledEvents(version);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
        double seconds = elapsed.toNanos() / 1e9;
        listener.accept(new BackfillProgress(
                version,
                state,
                start,
                now,
                horizon,
                0,
                events,
                0,
                events / seconds,
                elapsed,
                state == State.RUNNING && now > start
                        ? Duration.ofNanos((long) (elapsed.toNanos() * (double) (horizon - now) / (now - start)))
                        : null,
                state == State.RUNNING ? "handle" : "",
                StageTimes.none(),
                0,
                0,
                projections.deadLetterCount(version),
                1,
                failure));
    }
}
