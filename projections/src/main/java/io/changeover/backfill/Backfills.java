package io.changeover.backfill;

import io.changeover.projection.DaemonThreads;
import io.changeover.projection.HistoryFolding;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.SegmentWishes;
import io.changeover.projection.VersionPurgedException;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.throttle.Governor;
import io.changeover.trace.Traces;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backfills of this node. Safe for use by several threads. */
public final class Backfills implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backfills.class);
    private static final long HEARTBEAT_MILLIS = 2_000;

    private final Engine engine;
    private final Traces traces;
    private final ExecutorService readers = Executors.newCachedThreadPool(new DaemonThreads("changeover-backfill"));
    private final ScheduledExecutorService heart =
            Executors.newScheduledThreadPool(1, new DaemonThreads("changeover-heartbeat"));
    private final List<Pass> passes = new CopyOnWriteArrayList<>();
    private final Map<VersionId, Member> members = new ConcurrentHashMap<>();
    private final Map<VersionId, CompletableFuture<Long>> handled = new ConcurrentHashMap<>();
    private final Map<VersionId, Integer> stops = new ConcurrentHashMap<>();
    private final Map<VersionId, Future<?>> watchers = new ConcurrentHashMap<>();
    private final Map<VersionId, BackfillProgress> handledProgress = new ConcurrentHashMap<>();

    /**
     * Backfills of the node's versions.
     *
     * @param wishes what this node and others ask of each other
     * @param traces where a span is begun for each backfill
     */
    public Backfills(
            Projections projections,
            OrderedStream stream,
            StoreInventory inventory,
            ProjectionStore store,
            BackfillOptions options,
            Governor governor,
            SegmentWishes wishes,
            Traces traces) {
        this.traces = traces;
        this.engine = new Engine(
                projections,
                stream,
                inventory,
                store,
                new VersionStates(store.jdbc(), store.clock()),
                options,
                governor,
                new ThreadPoolExecutor(
                        options.workers(),
                        options.workers(),
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new DaemonThreads("changeover-fold")),
                Executors.newCachedThreadPool(new DaemonThreads("changeover-write")),
                this::begin,
                new Shares(wishes),
                new AtomicInteger());
        var unused = heart.scheduleWithFixedDelay(
                () -> passes.forEach(Pass::heartbeat), HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Brings one version to life, as {@link #start(Collection)} does. */
    public CompletableFuture<Long> start(VersionId version) {
        return start(List.of(version)).get(0);
    }

    /**
     * Brings the versions to life: builds what is missing from history, then starts live processing. Versions that stand
     * at about the same position are built by one reading of the store, also with those that are being built already.
     * Asked again for a version that is being built it gives the run that is under way; for one that is being stopped, a
     * run that follows; for one that is built it only starts live processing.
     *
     * @return for each version, in order: completes with the position at which live processing took over, or fails with
     *     what stopped the backfill. That it completes does not say that no event waits as a dead letter
     */
    public List<CompletableFuture<Long>> start(Collection<VersionId> versions) {
        return begin(versions, true);
    }

    /**
     * Goes on with versions that were asked for before, as {@link #start(Collection)} does, but leaves those alone that
     * somebody has paused or given up meanwhile.
     *
     * @return as there; fails for what was left alone
     */
    public List<CompletableFuture<Long>> goOn(Collection<VersionId> versions) {
        return begin(versions, false);
    }

    private synchronized List<CompletableFuture<Long>> begin(Collection<VersionId> versions, boolean asked) {
        Map<VersionId, CompletableFuture<Long>> results = new LinkedHashMap<>();
        List<Member> begun = new ArrayList<>();
        Map<VersionId, VersionState> states =
                versions.isEmpty() ? Map.of() : engine.states().all();
        for (VersionId version : versions) {
            CompletableFuture<Long> current = running(version);
            Optional<VersionState> state = Optional.ofNullable(states.get(version));
            if (results.containsKey(version)) {
                continue; // named twice
            }
            if (state.isPresent() && state.get().stage() == Stage.PURGED) {
                results.put(version, CompletableFuture.failedFuture(new VersionPurgedException(version)));
            } else if (current != null && !isStopping(version)) {
                results.put(version, current);
            } else if (!asked
                    && (current != null
                            || state.filter(now -> now.stage().isStopped()).isPresent())) {
                results.put(version, CompletableFuture.failedFuture(BackfillFailedException.stopped(version)));
            } else if (current != null) {
                results.put(version, startAfter(current, version));
            } else if (state.isPresent() && state.get().stage().isBuilt()) {
                engine.projections().startLive(version);
                results.put(
                        version, CompletableFuture.completedFuture(state.get().horizon()));
            } else if (engine.projections().isHandled(version)) {
                results.put(
                        version,
                        startHandled(version, state.map(VersionState::stage).orElse(null)));
            } else {
                HistoryFolding folding = engine.projections().historyFolding(version, engine.partitions());
                Member member = new Member(
                        version,
                        state.map(VersionState::stage).orElse(null),
                        folding,
                        BackfillTrace.begin(version, traces));
                members.put(version, member);
                engine.building().incrementAndGet();
                begun.add(member);
                results.put(version, member.result());
            }
        }
        dispatch(begun);
        return versions.stream()
                .map(version -> Objects.requireNonNull(results.get(version)))
                .toList();
    }

    /**
     * What is being stopped is begun again once it has, as it may have been asked for after the wish to stop it, unless it
     * is to be stopped once more.
     */
    private CompletableFuture<Long> startAfter(CompletableFuture<Long> stopping, VersionId version) {
        int asked = stops(version);
        return stopping.handle((position, failure) -> true)
                .thenComposeAsync( // the thread that ends it may be interrupted
                        over -> stops(version) == asked
                                ? start(version)
                                : CompletableFuture.failedFuture(BackfillFailedException.stopped(version)),
                        readers);
    }

    private int stops(VersionId version) {
        return stops.getOrDefault(version, 0);
    }

    /** What runs of it on this node, waits for the claim of another, or has yet to give its own back. */
    private @Nullable CompletableFuture<Long> running(VersionId version) {
        Member member = members.get(version);
        CompletableFuture<Long> run = handled.get(version);
        if (member != null && !member.result().isDone()) {
            return member.result();
        }
        return run == null || run.isDone() ? null : run;
    }

    /** Whether what runs of it on this node was asked to stop, or has ended before it was built. */
    private boolean isStopping(VersionId version) {
        Member member = members.get(version);
        Future<?> watcher = watchers.get(version);
        if (member != null && !member.result().isDone()) {
            return member.isOver() ? !member.isBuilt() : member.wish() != Member.Wish.GO_ON;
        }
        return watcher != null && watcher.isCancelled();
    }

    private CompletableFuture<Long> startHandled(VersionId version, @Nullable Stage seen) {
        CompletableFuture<Long> run = new CompletableFuture<>();
        handled.put(version, run);
        BackfillTrace trace = BackfillTrace.begin(version, traces);
        var unused = run.whenComplete((position, failure) -> trace.end(failure == null ? "done" : "stopped", failure));
        HandlerBackfill backfill = new HandlerBackfill(
                version, seen, engine.projections(), engine.stream(), engine.store(), moment -> tell(version, moment));
        watchers.put(version, readers.submit(() -> backfill.run(run)));
        return run;
    }

    private void tell(VersionId version, @Nullable BackfillProgress moment) {
        if (moment == null) {
            handledProgress.remove(version);
        } else {
            handledProgress.put(version, moment);
        }
    }

    private void dispatch(List<Member> begun) {
        List<Member> others = new ArrayList<>();
        for (Member member : begun) {
            long from = engine.projections().positions(member.version()).low();
            if (passes.stream().noneMatch(pass -> pass.join(member, from))) {
                others.add(member);
            }
        }
        if (!others.isEmpty()) {
            begin(others);
        }
    }

    /** Those that stand further on than the rest pass over what they have, which costs them only waiting. */
    private void begin(List<Member> together) {
        Pass pass = new Pass(engine, together);
        passes.add(pass);
        try {
            readers.execute(() -> {
                try {
                    pass.run();
                } finally {
                    passes.remove(pass);
                }
            });
        } catch (RejectedExecutionException e) { // the node is being stopped
            passes.remove(pass);
            together.forEach(member -> member.result().completeExceptionally(new InterruptedException()));
        }
    }

    /** Whether this node builds the version at the moment, or waits for the claim of another that does. */
    public boolean isUnderWay(VersionId version) {
        return running(version) != null;
    }

    /**
     * Has this node follow the version no more, after it was stopped or given up elsewhere, and leave what it does to build
     * it by a component. Where the version stands is not changed.
     */
    public void leave(VersionId version) {
        Future<?> watcher = watchers.get(version);
        if (watcher != null) {
            watcher.cancel(true);
        }
        engine.projections().stopLive(version);
    }

    /** The last known moment of the version's backfill on this node, or empty when it ran none. */
    public Optional<BackfillProgress> progress(VersionId version) {
        return Optional.ofNullable(handledProgress.get(version))
                .or(() -> Optional.ofNullable(members.get(version)).map(Member::progress));
    }

    /**
     * Has the version's backfill stop at a checkpoint, wherever it runs: this node's follows at once, other nodes hear it
     * within seconds. No node goes on with it by itself. A version that is built stays so.
     */
    public void pause(VersionId version) {
        stops.merge(version, 1, Integer::sum);
        Future<?> watcher = watchers.get(version);
        CompletableFuture<Long> run = handled.get(version);
        if (watcher != null && run != null && !run.isDone()) {
            if (engine.states().stop(version, Stage.PAUSED)
                    || engine.states().find(version).isEmpty()) {
                watcher.cancel(true); // which also stops the component's processor
            }
        } else if (!wish(version, Member.Wish.PAUSE)) {
            var unused = engine.states().stop(version, Stage.PAUSED);
        }
    }

    /**
     * Has the version's backfill stop, wherever it runs, and removes what was built. A version that is built stays so.
     *
     * @throws org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException when another node has not left it
     *     within 15 seconds; a retry removes what was built once it has
     */
    public void cancel(VersionId version) {
        stops.merge(version, 1, Integer::sum);
        if (!wish(version, Member.Wish.CANCEL)) {
            var unused = engine.cancel(version);
        }
    }

    /** Waits until the version's backfill on this node is over, if there is one. */
    public void awaitStop(VersionId version) {
        Member member = members.get(version);
        CompletableFuture<Long> run = member == null ? handled.get(version) : member.result();
        if (run != null) {
            run.handle((position, failure) -> true).join();
        }
    }

    private boolean wish(VersionId version, Member.Wish wish) {
        Member member = members.get(version);
        if (member == null || member.isOver()) {
            return false;
        }
        member.wish(wish);
        return true;
    }

    /** Stops all backfills and waits for it; they resume at their last checkpoint when a node starts again. */
    @Override
    public void close() {
        heart.shutdown();
        readers.shutdownNow();
        try {
            if (!readers.awaitTermination(20, TimeUnit.SECONDS)) {
                LOG.warn("A backfill did not stop within 20 seconds; it resumes at its last checkpoint");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        engine.workers().shutdownNow();
        engine.writers().shutdownNow();
    }
}
