package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.stream.OrderedEventSource;
import io.changeover.stream.OrderedStream;
import io.changeover.trace.Traces;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import io.changeover.view.HandlerVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/** The view versions of this node: what runs, how far it is, what is parked. Safe for use by several threads. */
public final class Projections implements AutoCloseable {

    /** After which the token store takes a claim for lost that was not kept up. */
    public static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    private static final long EXACT_COUNT_UP_TO = 100_000;

    private static final int LETTERS_LOOKED_AT = 100_000;

    private final Versions versions;
    private final EventReader reader;
    private final OrderedStream stream;
    private final OrderedEventSource source;
    private final ProjectionStore store;
    private final TransactionManager axonTransactions;
    private final ProjectionOptions options;
    private final FoldWatch watch;
    private final Traces traces;
    private final DeadLetterStore deadLetters;
    private final TokenPositions tokenPositions;
    private final ScheduledExecutorService coordinator;
    private final ScheduledExecutorService workers;
    private final Handlers handlers;
    private final Map<VersionId, PooledStreamingEventProcessor> running = new ConcurrentHashMap<>();
    private final Set<VersionId> held = ConcurrentHashMap.newKeySet();
    private final Map<VersionId, LongAdder> written = new ConcurrentHashMap<>();

    /**
     * @param axonTransactions Axon's view of the store's transactions, so that tokens and rows commit together
     * @param traces where the spans of what versions write are begun
     * @param environment what event handling components need, for versions that are built by them
     */
    public Projections(
            Versions versions,
            EventReader reader,
            OrderedStream stream,
            OrderedEventSource source,
            ProjectionStore store,
            TransactionManager axonTransactions,
            ProjectionOptions options,
            HandlerEnvironment environment,
            HandlerOptions handlerOptions,
            FoldWatch watch,
            Traces traces) {
        this.versions = versions;
        this.reader = reader;
        this.stream = stream;
        this.source = source;
        this.store = store;
        this.axonTransactions = axonTransactions;
        this.options = options;
        this.watch = watch;
        this.traces = traces;
        this.deadLetters = new DeadLetterStore(store.jdbc(), store.clock());
        this.tokenPositions = new TokenPositions(store.table(), store.json());
        this.handlers =
                new Handlers(versions, reader, source, store, axonTransactions, environment, handlerOptions, traces);
        this.coordinator = Executors.newScheduledThreadPool(1, new DaemonThreads("changeover-coordinator"));
        this.workers = Executors.newScheduledThreadPool(options.workers(), new DaemonThreads("changeover-live"));
    }

    /**
     * Starts live processing at the version's token. Does nothing when it runs already.
     *
     * @throws RowTableMismatchException when the row record has changed since the version was built
     * @throws VersionPurgedException when the version was given up and purged
     */
    public synchronized void startLive(VersionId id) {
        if (versions.get(id) instanceof HandlerVersion handled) {
            requireNotPurged(id);
            handlers.start(handled);
            return;
        }
        if (running.containsKey(id) || held.contains(id)) {
            return;
        }
        FoldedVersion version = versions.folded(id);
        VersionStorage storage = storage(version);
        store.transactions().executeWithoutResult(transaction -> {
            requireNotPurged(id); // or an empty table would take the place of the one that has another name now
            storage.table().create(store.jdbc());
        });
        watch.aboutToFold(version);
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(id.toString())
                .eventHandlerInvoker(new LiveProjection(version, new Folding(version, reader), storage, traces))
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

    /** Locks where the version stands until the transaction ends, so that nobody purges it meanwhile. */
    private void requireNotPurged(VersionId id) {
        boolean purged = store.jdbc()
                .queryForList(
                        "select state from changeover.view_version where view = ? and version = ? for share",
                        String.class,
                        id.view(),
                        id.version())
                .contains(VersionState.Stage.PURGED.name());
        if (purged) {
            throw new VersionPurgedException(id);
        }
    }

    /** Stops live processing after the batch at hand. Does nothing when it does not run. */
    public synchronized void stopLive(VersionId id) {
        handlers.stop(id);
        PooledStreamingEventProcessor processor = running.remove(id);
        if (processor != null) {
            processor.shutDown();
        }
    }

    /**
     * Does something while nothing of the version is processed on this node, and goes on with it afterwards where it was.
     *
     * @throws SegmentRefusedException when that is being done already
     */
    public <T> T withoutLive(VersionId id, Supplier<T> work) {
        boolean ran;
        synchronized (this) {
            if (!held.add(id)) {
                throw new SegmentRefusedException(
                        "segments-being-changed",
                        "Segments of version '%s' are being changed by somebody else on this node; look at them, then try again"
                                .formatted(id));
            }
            ran = running.containsKey(id);
            stopLive(id);
        }
        try {
            return work.get();
        } finally {
            held.remove(id);
            if (ran) {
                startLive(id);
            }
        }
    }

    /** Leaves a segment of a version that this node follows to others, and does not take it again for some seconds. */
    public void releaseSegment(VersionId id, int segment) {
        PooledStreamingEventProcessor processor = running.get(id);
        if (processor != null) {
            processor.releaseSegment(segment, CLAIM_TIMEOUT.toMillis() / 2, TimeUnit.MILLISECONDS);
        }
    }

    /** Has this node claim a segment of a version that it follows at once, if nobody has it. */
    public void claimSegment(VersionId id, int segment) {
        PooledStreamingEventProcessor processor = running.get(id);
        if (processor != null) {
            var unused = processor.claimSegment(segment);
        }
    }

    /** What changes the segments of the version. */
    public SegmentChange segmentChange(VersionId id) {
        FoldedVersion version = versions.folded(id);
        LiveProjection projection = new LiveProjection(version, new Folding(version, reader), storage(version), traces);
        return new SegmentChange(id, projection, stream, store);
    }

    /** Whether live processing of the version runs on this node without error. */
    public boolean isLive(VersionId id) {
        if (handlers.isRunning(id)) {
            return failure(id).isEmpty();
        }
        PooledStreamingEventProcessor processor = running.get(id);
        return processor != null
                && processor.isRunning()
                && processor.processingStatus().values().stream().noneMatch(status -> status.isErrorState());
    }

    /** The versions whose live processing was started on this node and not stopped, whether or not it is in an error. */
    public List<VersionId> live() {
        List<VersionId> live = new ArrayList<>(running.keySet());
        live.addAll(handlers.started());
        return live;
    }

    /**
     * Why the component of the version, or the database under it, keeps this node from getting on; empty when it gets on,
     * and for versions that no component builds.
     */
    public Optional<String> failure(VersionId id) {
        return handlers.failure(id);
    }

    /**
     * Makes sure of every version that a component builds that the component is there and nobody else runs it.
     *
     * @throws HandlerRefusedException when one cannot be run as it is declared
     */
    public void checkHandlers() {
        handlers.check();
    }

    /** Whether the version is built by an event handling component, which replays by live processing from the start. */
    public boolean isHandled(VersionId id) {
        return versions.get(id) instanceof HandlerVersion;
    }

    /**
     * Makes a version that a component builds ready to be started.
     *
     * @param now horizon of the store
     * @param seen where the version stood when it was asked for, or null when it was not begun
     * @return position up to which events are a replay to the component, the same however often this is asked; empty when
     *     somebody has stopped the version since it was asked for
     * @throws HandlerRefusedException when the component cannot be replayed, its tables are not empty, or the tokens that it
     *     is to take over do not fit
     * @throws org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException when a node still runs the processor
     *     that is to be taken over; a retry helps once it has ended
     */
    public OptionalLong beginHandled(VersionId id, long now, VersionState.@Nullable Stage seen) {
        if (versions.get(id) instanceof HandlerVersion handled) {
            return handlers.begin(handled, now, seen);
        }
        throw new IllegalArgumentException("'%s' is not built by a component; build it from history".formatted(id));
    }

    /** Events that this node has passed to the component of the version, or over it, since it started it. */
    public long handledEvents(VersionId id) {
        return handlers.events(id);
    }

    /** Position up to which all events are applied; 0 for a version that was never begun. */
    public SegmentPositions positions(VersionId id) {
        return tokenPositions.of(id, store.jdbc());
    }

    /** Number of rows: exact for small tables, as the database estimates it for large ones; 0 where there is no table. */
    public long rows(VersionId id) {
        if (versions.get(id) instanceof HandlerVersion handled) {
            return rows(handled);
        }
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
        try {
            Long exact = store.jdbc().queryForObject("select count(*) from " + table.name(), Long.class);
            return exact == null ? 0 : exact;
        } catch (BadSqlGrammarException e) {
            return 0; // a cancelled backfill has removed the table since
        }
    }

    /** The tables are the team's, so the planner is asked what it expects of the query. */
    private long rows(HandlerVersion version) {
        String plan = store.jdbc().queryForObject("explain (format json) " + version.query(), String.class);
        long estimate = plan == null
                ? 0
                : store.json()
                        .readTree(plan)
                        .path(0)
                        .path("Plan")
                        .path("Plan Rows")
                        .asLong(0);
        if (estimate > EXACT_COUNT_UP_TO) {
            return estimate;
        }
        Long exact = store.jdbc().queryForObject("select count(*) from (%s) t".formatted(version.query()), Long.class);
        return exact == null ? 0 : exact;
    }

    /**
     * Rows of the version that this node has inserted, changed or deleted since it started, once for each time; 0 for a
     * version that a component builds, whose tables are the team's.
     */
    public long rowsWritten(VersionId id) {
        return written(id).sum();
    }

    private LongAdder written(VersionId id) {
        return written.computeIfAbsent(id, first -> new LongAdder());
    }

    /** Whether this node is to get on with the events of the version, and cannot. */
    public boolean isStuck(VersionId id) {
        return failure(id).isPresent() || (running.containsKey(id) && !isLive(id));
    }

    /**
     * What the database tells of all versions that are built here, by a number of statements that does not grow with that of
     * the versions that are built by folds.
     */
    public Map<VersionId, VersionFigures> figures() {
        Map<String, SegmentPositions> positions = tokenPositions.all(store.jdbc());
        Map<VersionId, Long> waiting = deadLetters.counts();
        Map<VersionId, String> tables = new HashMap<>();
        versions.folded().forEach(version -> tables.put(version.id(), new RowTable(version, store.json()).name()));
        Map<String, Long> rows = RowCounts.of(List.copyOf(tables.values()), store.jdbc());
        Map<VersionId, VersionFigures> figures = new HashMap<>();
        for (VersionDefinition version : versions.built()) {
            VersionId id = version.id();
            SegmentPositions reached = positions.getOrDefault(id.toString(), new SegmentPositions(Map.of()));
            long counted = version instanceof HandlerVersion handled
                    ? (reached.bySegment().isEmpty() ? 0 : rows(handled))
                    : rows.getOrDefault(tables.get(id), 0L);
            figures.put(id, new VersionFigures(reached, counted, waiting.getOrDefault(id, 0L)));
        }
        return figures;
    }

    /** Number of events that wait as dead letters. */
    public long deadLetterCount(VersionId id) {
        return deadLetters.count(id);
    }

    /** Whether an event from the first to the last position waits as a dead letter. */
    public boolean anyParked(VersionId id, long first, long last) {
        return deadLetters.any(id, first, last);
    }

    /** Events that wait, oldest first. */
    public List<ParkedEvent> deadLetters(VersionId id, int limit) {
        return deadLetters.list(versions.built(id).id(), limit).stream()
                .map(parked -> new ParkedEvent(
                        parked.home(),
                        parked.event(),
                        parked.cause(),
                        parked.parkedAt().toInstant(),
                        parked.attempts()))
                .toList();
    }

    /** Applies the parked events of the home again; empty when nothing of it is parked. */
    public Optional<RetryOutcome> retry(VersionId id, String home) {
        if (versions.get(id) instanceof HandlerVersion handled) {
            return handlers.retry(handled, home);
        }
        FoldedVersion version = versions.folded(id);
        VersionStorage storage = storage(version);
        storage.table().createKey(store.jdbc()); // which a version that is not finished may not have yet
        HomeRebuild rebuild = homeRebuild(id, HomeRebuildOptions.defaults());
        return new DeadLetterRetry(version, new Folding(version, reader), storage, store, rebuild).retry(home);
    }

    /** A rebuild of homes of the version, which may be live meanwhile but must not be backfilled. */
    public HomeRebuild homeRebuild(VersionId id, HomeRebuildOptions rebuild) {
        FoldedVersion version = versions.folded(id);
        return new HomeRebuild(
                version,
                new Folding(version, reader),
                storage(version),
                store,
                HistoryPages.of(stream),
                reader.storedNamesOf(version.eventNames()),
                rebuild);
    }

    /** What folds the events of one home from nothing, one at a time. */
    public HomeTrace homeTrace(VersionId id, String home) {
        FoldedVersion version = versions.folded(id);
        return new HomeTrace(version, new Folding(version, reader), reader, store.json(), home);
    }

    /**
     * All homes that dead letters of the version are about: those under which they wait, and those that their events would
     * touch if they could be applied.
     */
    public Set<String> waitingHomes(VersionId id) {
        HomesOfEvent homesOf = homesOf(id);
        Set<String> homes = new HashSet<>();
        for (DeadLetterStore.Parked letter : deadLetters.list(id, LETTERS_LOOKED_AT)) {
            homes.add(letter.home());
            homes.addAll(homesOf.of(letter.event()));
        }
        return homes;
    }

    /** A home as it is stored, seen by the surrounding transaction; without rows where the version has no table. */
    public StoredHome storedHome(VersionId id, String home) {
        FoldedVersion version = versions.folded(id);
        RowTable table = new RowTable(version, store.json());
        List<StoredRow> rows = HomeText.value(version.rows().keys().get(0), home)
                .filter(value -> table.exists(store.jdbc()))
                .map(value -> table.load(store.jdbc(), List.of(value)))
                .orElse(List.of());
        return new StoredHome(positions(id).of(home), rows, lettersAbout(version, home));
    }

    /** Those under the home, and those under another that would touch it if they could be applied. */
    private int lettersAbout(FoldedVersion version, String home) {
        Folding folding = new Folding(version, reader);
        long letters = deadLetters.list(version.id(), LETTERS_LOOKED_AT).stream()
                .filter(letter -> letter.home().equals(home)
                        || folding.homes(letter.event()).contains(home))
                .count();
        return (int) letters;
    }

    /**
     * A new builder of the version from history. It must not run while live processing of the version does.
     *
     * @param partitions how many threads can fold at once, at least 1
     */
    public HistoryFolding historyFolding(VersionId id, int partitions) {
        FoldedVersion version = versions.folded(id);
        watch.aboutToFold(version);
        return new HistoryFolding(
                version, new Folding(version, reader), reader, storage(version), store, options, partitions);
    }

    /** Folds of the version on a sample of history, which leave the version as it is. */
    public FoldSample foldSample(VersionId id) {
        FoldedVersion version = versions.folded(id);
        return new FoldSample(version, new Folding(version, reader), reader, store);
    }

    /**
     * Removes everything that was built of the version: rows, dead letters and tokens. It must not be live on any node.
     *
     * @throws org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException when another node builds it
     */
    public void discard(VersionId id) {
        FoldedVersion version = versions.folded(id);
        store.transactions().executeWithoutResult(transaction -> {
            for (int segment : store.tokens().fetchSegments(id.toString())) {
                store.tokens().fetchToken(id.toString(), segment); // claims it
            }
            storage(version).table().drop(store.jdbc());
            deadLetters.removeAll(id);
            store.jdbc()
                    .update(
                            "delete from %s where processor_name = ?"
                                    .formatted(store.table().tokens()),
                            id.toString());
        });
    }

    /** The node that has the claim on the version's tokens, or had it last; empty when nobody has. */
    public Optional<String> claimedBy(VersionId id) {
        return store
                .jdbc()
                .queryForList(
                        "select owner from %s where processor_name = ? and owner is not null order by segment limit 1"
                                .formatted(store.table().tokens()),
                        String.class,
                        id.toString())
                .stream()
                .findFirst();
    }

    /** The segments of the version, by their numbers, and who has them; none where it was never begun. */
    public List<SegmentClaim> claims(VersionId id) {
        return tokenPositions.claims(id.toString(), store.clock().instant().minus(CLAIM_TIMEOUT), store.jdbc());
    }

    /** The same of all versions that were begun, by one statement. */
    public Map<VersionId, List<SegmentClaim>> claims() {
        Map<String, List<SegmentClaim>> all =
                tokenPositions.claims(store.clock().instant().minus(CLAIM_TIMEOUT), store.jdbc());
        Map<VersionId, List<SegmentClaim>> claims = new HashMap<>();
        versions.built().forEach(version -> {
            List<SegmentClaim> segments = all.get(version.id().toString());
            if (segments != null) {
                claims.put(version.id(), segments);
            }
        });
        return claims;
    }

    /** What reads stored events as those of today. */
    public EventReader reader() {
        return reader;
    }

    /** The events that wait as dead letters in the version as the connection of the operations sees them. */
    public List<StoredEvent> parkedEvents(VersionId id, JdbcOperations jdbc) {
        return new DeadLetterStore(jdbc, store.clock())
                .list(id, Integer.MAX_VALUE).stream()
                        .map(DeadLetterStore.Parked::event)
                        .toList();
    }

    /**
     * The homes that an event touches in the version, as text. For a version that a component builds it is the event's
     * aggregate, since nobody can tell which rows a component will touch.
     */
    public HomesOfEvent homesOf(VersionId id) {
        if (versions.get(id) instanceof HandlerVersion handled) {
            return handlers.homesOf(handled);
        }
        return new Folding(versions.folded(id), reader)::homes;
    }

    /**
     * The homes that an event touches in any of the versions, as {@link #homesOf(VersionId)} tells them for each. The event
     * is read once for all of them.
     */
    public HomesOfEvent homesOf(Collection<VersionId> ids) {
        List<HomesOfEvent> handled =
                ids.stream().filter(this::isHandled).map(this::homesOf).toList();
        List<Folding> folded = ids.stream()
                .filter(id -> !isHandled(id))
                .map(id -> new Folding(versions.folded(id), reader))
                .toList();
        return event -> {
            Set<String> homes = new LinkedHashSet<>();
            handled.forEach(each -> homes.addAll(each.of(event)));
            if (!folded.isEmpty()) {
                ReadEvent read = ReadEvent.of(event, reader);
                folded.forEach(
                        each -> each.prepare(read, work -> homes.add(work.home().toString())));
            }
            return homes;
        };
    }

    /** All names under which events are stored that the version may take. */
    public Set<String> storedNamesOf(VersionId id) {
        return reader.storedNamesOf(
                versions.get(id) instanceof HandlerVersion handled
                        ? handlers.eventNames(handled)
                        : versions.folded(id).eventNames());
    }

    private VersionStorage storage(FoldedVersion version) {
        return new VersionStorage(
                version, new RowTable(version, store.json()), deadLetters, store.jdbc(), written(version.id()));
    }

    /** Stops all live processing of this node. */
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stopLive);
        handlers.close();
        coordinator.shutdownNow();
        workers.shutdownNow();
    }
}
