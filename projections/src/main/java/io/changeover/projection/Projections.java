package io.changeover.projection;

import io.changeover.stream.OrderedEventSource;
import io.changeover.stream.OrderedStream;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;

/** The view versions of this node: what runs, how far it is, what is parked. Safe for use by several threads. */
public final class Projections implements AutoCloseable {

    private static final long EXACT_COUNT_UP_TO = 100_000;

    private final Versions versions;
    private final EventReader reader;
    private final OrderedStream stream;
    private final OrderedEventSource source;
    private final ProjectionStore store;
    private final TransactionManager axonTransactions;
    private final ProjectionOptions options;
    private final DeadLetterStore deadLetters;
    private final TokenPositions tokenPositions;
    private final ScheduledExecutorService coordinator;
    private final ScheduledExecutorService workers;
    private final Map<VersionId, PooledStreamingEventProcessor> running = new ConcurrentHashMap<>();

    /**
     * @param axonTransactions Axon's view of the store's transactions, so that tokens and rows commit together
     */
    public Projections(
            Versions versions,
            EventReader reader,
            OrderedStream stream,
            OrderedEventSource source,
            ProjectionStore store,
            TransactionManager axonTransactions,
            ProjectionOptions options) {
        this.versions = versions;
        this.reader = reader;
        this.stream = stream;
        this.source = source;
        this.store = store;
        this.axonTransactions = axonTransactions;
        this.options = options;
        this.deadLetters = new DeadLetterStore(store.jdbc(), store.clock());
        this.tokenPositions = new TokenPositions(store.table(), store.json());
        this.coordinator = Executors.newScheduledThreadPool(1, new DaemonThreads("changeover-coordinator"));
        this.workers = Executors.newScheduledThreadPool(options.workers(), new DaemonThreads("changeover-live"));
    }

    /**
     * Starts live processing at the version's token. Does nothing when it runs already.
     *
     * @throws RowTableMismatchException when the row record has changed since the version was built
     */
    public synchronized void startLive(VersionId id) {
        if (running.containsKey(id)) {
            return;
        }
        FoldedVersion version = versions.folded(id);
        VersionStorage storage = storage(version);
        store.transactions().executeWithoutResult(transaction -> storage.table().create(store.jdbc()));
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(id.toString())
                .eventHandlerInvoker(new LiveProjection(version, new Folding(version, reader), storage))
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .messageSource(source)
                .tokenStore(store.tokens())
                .transactionManager(axonTransactions)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(options.segments())
                .initialToken(start -> new GlobalSequenceTrackingToken(0))
                .batchSize(options.batchSize())
                .build();
        processor.start();
        running.put(id, processor);
    }

    /** Stops live processing after the batch at hand. Does nothing when it does not run. */
    public synchronized void stopLive(VersionId id) {
        PooledStreamingEventProcessor processor = running.remove(id);
        if (processor != null) {
            processor.shutDown();
        }
    }

    /** Whether live processing of the version runs on this node without error. */
    public boolean isLive(VersionId id) {
        PooledStreamingEventProcessor processor = running.get(id);
        return processor != null
                && processor.isRunning()
                && processor.processingStatus().values().stream().noneMatch(status -> status.isErrorState());
    }

    /** The versions whose live processing was started on this node and not stopped, whether or not it is in an error. */
    public List<VersionId> live() {
        return List.copyOf(running.keySet());
    }

    /** Position up to which all events are applied; 0 for a version that was never begun. */
    public SegmentPositions positions(VersionId id) {
        return tokenPositions.of(id, store.jdbc());
    }

    /** Number of rows: exact for small tables, as the database estimates it for large ones; 0 where there is no table. */
    public long rows(VersionId id) {
        RowTable table = new RowTable(versions.folded(id), store.json());
        Long estimate = store.jdbc()
                .queryForObject(
                        "select coalesce((select reltuples::bigint from pg_class where oid = to_regclass(?)), -2)",
                        Long.class,
                        table.name());
        if (estimate == null || estimate == -2) {
            return 0;
        }
        if (estimate > EXACT_COUNT_UP_TO) {
            return estimate;
        }
        Long exact = store.jdbc().queryForObject("select count(*) from " + table.name(), Long.class);
        return exact == null ? 0 : exact;
    }

    /** Number of events that wait as dead letters. */
    public long deadLetterCount(VersionId id) {
        return deadLetters.count(id);
    }

    /** Events that wait, oldest first. */
    public List<ParkedEvent> deadLetters(VersionId id, int limit) {
        return deadLetters.list(versions.folded(id).id(), limit).stream()
                .map(parked -> new ParkedEvent(
                        parked.home(),
                        parked.event(),
                        parked.cause(),
                        parked.parkedAt().toInstant(),
                        parked.attempts()))
                .toList();
    }

    /** Folds the parked events of the home again; empty when nothing of it is parked. */
    public Optional<RetryOutcome> retry(VersionId id, String home) {
        FoldedVersion version = versions.folded(id);
        VersionStorage storage = storage(version);
        return new DeadLetterRetry(version, new Folding(version, reader), storage, store, stream).retry(home);
    }

    /** A new builder of the version from history. It must not run while live processing of the version does. */
    public HistoryFolding historyFolding(VersionId id) {
        FoldedVersion version = versions.folded(id);
        return new HistoryFolding(version, new Folding(version, reader), storage(version), store, options);
    }

    /** The homes that an event touches in the version, as text. */
    public HomesOfEvent homesOf(VersionId id) {
        return new Folding(versions.folded(id), reader)::homes;
    }

    private VersionStorage storage(FoldedVersion version) {
        return new VersionStorage(version, new RowTable(version, store.json()), deadLetters, store.jdbc());
    }

    /** Stops all live processing of this node. */
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stopLive);
        coordinator.shutdownNow();
        workers.shutdownNow();
    }
}
