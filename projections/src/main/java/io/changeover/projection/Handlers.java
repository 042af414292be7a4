package io.changeover.projection;

import io.changeover.stream.OrderedEventSource;
import io.changeover.trace.Traces;
import io.changeover.upcast.EventReader;
import io.changeover.view.HandlerVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;

/** The handler versions of this node: their components and the processors that run them. */
final class Handlers implements AutoCloseable {

    private record Running(HandlerProcessor processor, List<ScheduledExecutorService> threads) {}

    private final Versions versions;
    private final EventReader reader;
    private final OrderedEventSource source;
    private final ProjectionStore store;
    private final TransactionManager transactions;
    private final HandlerEnvironment environment;
    private final HandlerOptions options;
    private final Traces traces;
    private final DeadLetterStore deadLetters;
    private final TokenPositions tokenPositions;
    private final VersionStates states;
    private final Map<VersionId, HandlingComponent> components = new ConcurrentHashMap<>();
    private final Map<VersionId, Running> running = new ConcurrentHashMap<>();

    Handlers(
            Versions versions,
            EventReader reader,
            OrderedEventSource source,
            ProjectionStore store,
            TransactionManager transactions,
            HandlerEnvironment environment,
            HandlerOptions options,
            Traces traces) {
        this.versions = versions;
        this.reader = reader;
        this.source = source;
        this.store = store;
        this.transactions = transactions;
        this.environment = environment;
        this.options = options;
        this.traces = traces;
        this.deadLetters = new DeadLetterStore(store.jdbc(), store.clock());
        this.tokenPositions = new TokenPositions(store.table(), store.json());
        this.states = new VersionStates(store.jdbc(), store.clock());
    }

    /**
     * Makes sure of every handler version that its component is there, belongs to it alone, and is not run by Axon too.
     *
     * @throws HandlerRefusedException when one cannot be run as it is declared
     */
    void check() {
        Map<Class<?>, VersionId> owners = new HashMap<>();
        for (HandlerVersion version : versions.handled()) {
            component(version);
            VersionId other = owners.put(version.handler(), version.id());
            if (other != null) {
                throw new HandlerRefusedException(
                        "Component '%s' is declared as '%s' and as '%s', and would write every event to its tables twice; remove one declaration"
                                .formatted(version.handler().getName(), other, version.id()));
            }
            Set<String> processors = axonProcessorsOf(version.handler());
            if (!processors.isEmpty()) {
                throw new HandlerRefusedException(
                        "Component '%s' is declared as '%s' but Axon's processor '%s' would run it too, and every event would reach it twice; remove the call of registerEventHandler that gives it to Axon, or the declaration"
                                .formatted(version.handler().getName(), version.id(), String.join("', '", processors)));
            }
        }
    }

    private Set<String> axonProcessorsOf(Class<?> component) {
        Set<String> names = new TreeSet<>();
        for (EventProcessingModule module : environment.axon().findModules(EventProcessingModule.class)) {
            module.eventProcessors().forEach((name, processor) -> {
                if (runs(processor, component)) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private static boolean runs(EventProcessor processor, Class<?> component) {
        return processor instanceof AbstractEventProcessor known && calls(known.eventHandlerInvoker(), component);
    }

    private static boolean calls(EventHandlerInvoker invoker, Class<?> component) {
        if (invoker instanceof MultiEventHandlerInvoker multi) {
            return multi.delegates().stream().anyMatch(delegate -> calls(delegate, component));
        }
        return invoker instanceof SimpleEventHandlerInvoker simple
                && simple.eventHandlers().stream()
                        .anyMatch(handler -> component.isAssignableFrom(handler.getTargetType()));
    }

    /**
     * Makes the version's tokens and state, if it has none yet, so that it can be started.
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
    OptionalLong begin(HandlerVersion version, long now, VersionState.@Nullable Stage seen) {
        HandlingComponent component = component(version);
        String name = version.id().toString();
        return Objects.requireNonNull(store.transactions().execute(transaction -> {
            // Several nodes may begin at the same moment; the later ones find the tokens of the first.
            store.jdbc().query("select pg_advisory_xact_lock(hashtextextended(?, 0))", result -> {}, name);
            long horizon = store.tokens().fetchSegments(name).length > 0
                    ? states.find(version.id()).map(VersionState::horizon).orElse(now)
                    : version.takesOver().isPresent()
                            ? new TokenTakeover(version, version.takesOver().get(), store, environment.axon()).run()
                            : prepare(version, component, now);
            if (states.advance(version.id(), VersionState.Stage.BACKFILLING, horizon, seen) || isBuilt(version)) {
                return OptionalLong.of(horizon);
            }
            transaction.setRollbackOnly();
            return OptionalLong.empty();
        }));
    }

    private boolean isBuilt(HandlerVersion version) {
        return states.find(version.id())
                .filter(state -> state.stage().isBuilt())
                .isPresent();
    }

    private long prepare(HandlerVersion version, HandlingComponent component, long now) {
        if (!component.supportsReplay()) {
            throw new HandlerRefusedException(
                    "Component '%s' of '%s' takes no event of a replay, as all its handlers disallow it, and would leave its tables empty; allow replay for those that write rows"
                            .formatted(version.handler().getName(), version.id()));
        }
        requireEmpty(version);
        component.prepareReplay();
        store.tokens()
                .initializeTokenSegments(
                        version.id().toString(), version.segments(), new GlobalSequenceTrackingToken(0));
        return now;
    }

    private void requireEmpty(HandlerVersion version) {
        Boolean any = store.jdbc()
                .queryForObject("select exists (select 1 from (%s) t)".formatted(version.query()), Boolean.class);
        if (any != null && any) {
            throw new HandlerRefusedException(
                    "The tables of component '%s' have rows already, and building '%s' from the first event would write them once more; empty the tables, or name in takesOver the processor of Axon that has maintained them"
                            .formatted(version.handler().getName(), version.id()));
        }
    }

    /** Starts the version at its tokens. Does nothing when it runs already. */
    synchronized void start(HandlerVersion version) {
        if (running.containsKey(version.id())) {
            return;
        }
        HandlerWork work = work(version);
        ScheduledExecutorService coordinator =
                Executors.newScheduledThreadPool(1, new DaemonThreads("changeover-handler-coordinator"));
        ScheduledExecutorService workers = Executors.newScheduledThreadPool(
                version.segments(), new DaemonThreads("changeover-handler-" + version.id()));
        PooledStreamingEventProcessor.Builder builder = PooledStreamingEventProcessor.builder()
                .name(version.id().toString())
                .eventHandlerInvoker(new HandlerBatches(work))
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .messageSource(source)
                .tokenStore(store.tokens())
                .transactionManager(transactions)
                .coordinatorExecutor(coordinator)
                .workerExecutor(workers)
                .initialSegmentCount(version.segments())
                .initialToken(start -> new GlobalSequenceTrackingToken(0))
                .tokenClaimInterval(options.claimInterval().toMillis())
                .batchSize(options.batchSize());
        HandlerProcessor processor = new HandlerProcessor(builder, work);
        processor.start();
        running.put(version.id(), new Running(processor, List.of(coordinator, workers)));
    }

    /** Stops the version after the batch at hand. Does nothing when it does not run. */
    synchronized void stop(VersionId id) {
        Running stopped = running.remove(id);
        if (stopped != null) {
            stopped.processor().shutDown();
            stopped.threads().forEach(ScheduledExecutorService::shutdownNow);
        }
    }

    Set<VersionId> started() {
        return Set.copyOf(running.keySet());
    }

    boolean isRunning(VersionId id) {
        Running current = running.get(id);
        return current != null && current.processor().isRunning();
    }

    /** Why this node does not get on with the version; empty when it does, or does not run it. */
    Optional<String> failure(VersionId id) {
        Running current = running.get(id);
        return current == null ? Optional.empty() : current.processor().failure(tokenPositions.of(id, store.jdbc()));
    }

    /** Events that this node has passed on or over since it started the version. */
    long events(VersionId id) {
        Running current = running.get(id);
        return current == null ? 0 : current.processor().events();
    }

    Optional<RetryOutcome> retry(HandlerVersion version, String home) {
        return work(version).retry(home);
    }

    /** The aggregate of an event that the component may want: under it the event would be parked. */
    HomesOfEvent homesOf(HandlerVersion version) {
        HandlingComponent component = component(version);
        return event -> component.concerns(event) ? Set.of(event.aggregateId()) : Set.of();
    }

    /** Names of the events of today that the component takes. */
    Set<String> eventNames(HandlerVersion version) {
        return component(version).eventNames();
    }

    private HandlerWork work(HandlerVersion version) {
        long horizon = states.find(version.id()).map(VersionState::horizon).orElse(0L);
        return new HandlerWork(version, component(version), deadLetters, store, transactions, horizon, traces);
    }

    private HandlingComponent component(HandlerVersion version) {
        return components.computeIfAbsent(version.id(), id -> HandlingComponent.of(version, reader, environment));
    }

    /** Stops all handler versions of this node. */
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }
}
