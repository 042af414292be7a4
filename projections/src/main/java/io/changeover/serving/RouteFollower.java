package io.changeover.serving;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.Disposal;
import io.changeover.projection.DaemonThreads;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Applies the events of every view's changeovers to this node's router, in order, and acknowledges what it has applied.
 * The events of one view are numbered without gaps by its aggregate, so following them needs no ordered stream. A view
 * that cannot be followed for too long is treated by the rule of its settings.
 */
public final class RouteFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFollower.class);

    private static final Duration JUDGED_EVERY = Duration.ofMillis(250);

    private final List<String> views;
    private final EventStore events;
    private final Router router;
    private final JdbcOperations jdbc;
    private final Nodes nodes;
    private final String eventTable;
    private final FollowOptions options;
    private final Followed followed;
    private final Map<String, Long> applied = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();

    /** Views whose latest event asks for a rehearsal that this node has not managed, and whether that was said. */
    private final Map<String, Boolean> unrehearsed = new HashMap<>();

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-router"));

    /** Not the thread that asks the database, because that may hang in it. */
    private final ScheduledExecutorService judge =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-router-watch"));

    private long lookedAt;
    private long toldAt;
    private volatile boolean started;
    private boolean failing;

    /** @param eventTable qualified name of the event table in Axon's layout under Spring's naming */
    public RouteFollower(
            List<String> views,
            EventStore events,
            Router router,
            JdbcOperations jdbc,
            Nodes nodes,
            String eventTable,
            FollowOptions options) {
        this.views = List.copyOf(views);
        this.events = events;
        this.router = router;
        this.jdbc = jdbc;
        this.nodes = nodes;
        this.eventTable = eventTable;
        this.options = options;
        this.followed = new Followed(router, options.patience().toNanos());
    }

    /**
     * Applies all that is there, then keeps following on threads of its own.
     *
     * @throws NodeNameTakenException when another process is up under the name of this node
     */
    public void start() {
        nodes.requireName();
        Map<String, Integer> serves = new LinkedHashMap<>();
        for (String view : views) {
            Integer version = router.settings(view).serve();
            if (version != null) {
                serves.put(view, version);
                LOG.warn(
                        "View {} is served by version {} on this node whatever its changeover says, as changeover.views.{}.serve says",
                        view,
                        version,
                        view);
            }
        }
        nodes.started(serves);
        started = true;
        refresh();
        serves.forEach(this::tellIfGivenUp);
        long interval = options.pollInterval().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::poll, interval, Math.max(1, interval), TimeUnit.MILLISECONDS);
        var unusedWatch = judge.scheduleWithFixedDelay(
                () -> followed.judge(System.nanoTime()),
                JUDGED_EVERY.toMillis(),
                JUDGED_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void tellIfGivenUp(String view, int version) {
        Disposal disposal =
                router.state(view).map(state -> state.disposals().get(version)).orElse(null);
        if (disposal != null) {
            LOG.error(
                    "View {} is NOT served by version {} on this node though changeover.views.{}.serve says so: that version is {} since {}, and a version that was given up answers nobody; readers go by the changeover. Take the setting out",
                    view,
                    version,
                    view,
                    disposal.stage().text(),
                    disposal.since());
        }
    }

    private void poll() {
        long now = System.nanoTime();
        try {
            if (now - toldAt >= TimeUnit.SECONDS.toNanos(Nodes.HEARTBEAT_SECONDS)) {
                nodes.alive();
                toldAt = now;
            }
            if (anyOpen() || now - lookedAt >= options.idleInterval().toNanos()) {
                lookedAt = now;
                look(now);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Which version serves could not be read; this node tries again", e);
            }
            failing = true;
        }
    }

    private boolean anyOpen() {
        return views.stream()
                .anyMatch(view -> router.state(view).map(ChangeoverState::open).isPresent());
    }

    private void look(long now) {
        Map<String, Long> newest = newest();
        RuntimeException first = null;
        for (String view : views) {
            Long sequence = newest.get(Changeover.idOf(view));
            if (sequence == null) {
                continue; // nothing was decided yet
            }
            try {
                if (isBehind(view, sequence)) {
                    refresh(view);
                }
                followed.known(view, now);
            } catch (RuntimeException e) { // of this view, such as an event of a later release; others are followed
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Map<String, Long> newest() {
        Map<String, Long> newest = new HashMap<>();
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(
                            "select aggregate_identifier, max(sequence_number) from %s where aggregate_identifier = any(?) group by 1"
                                    .formatted(eventTable));
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text", views.stream().map(Changeover::idOf).toArray()));
                    return statement;
                },
                (ResultSet result) -> {
                    newest.put(result.getString(1), result.getLong(2));
                });
        return newest;
    }

    private synchronized boolean isBehind(String view, long sequence) {
        return applied.getOrDefault(view, -1L) < sequence || acknowledged.getOrDefault(view, -1L) < sequence;
    }

    /**
     * How long ago this node last knew for sure what is decided, of the view for which that is longest ago. A view without
     * an open changeover is asked about less often, so a few seconds are nothing.
     */
    public Duration unknownFor() {
        return Duration.ofNanos(followed.unknownFor(System.nanoTime()));
    }

    /** Applies at once whatever has been committed for all views. */
    public void refresh() {
        views.forEach(this::refresh);
    }

    /** Applies at once whatever has been committed for the view, and acknowledges it. */
    public synchronized void refresh(String view) {
        long begin = System.nanoTime();
        long before = applied.getOrDefault(view, -1L);
        long sequence = before;
        ChangeoverState state = router.state(view).orElse(null);
        DomainEventStream stream = events.readEvents(Changeover.idOf(view), before + 1);
        while (stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            state = after(state, message);
            sequence = message.getSequenceNumber();
            if (message.getPayload() instanceof ChangeoverEvent.FlipRehearsed) {
                unrehearsed.put(view, false);
            } else if (movesReaders(message.getPayload())) {
                unrehearsed.remove(view); // that it goes by this one must be known in any case
            }
        }
        if (state != null && sequence > before) {
            router.apply(state, sequence);
            applied.put(view, sequence);
        }
        if (acknowledged.getOrDefault(view, -1L) < sequence && rehearsed(view)) {
            nodes.acknowledge(view, sequence);
            acknowledged.put(view, sequence);
        }
        if (state != null) {
            followed.known(view, begin);
        }
    }

    private static boolean movesReaders(Object event) {
        return event instanceof ChangeoverEvent.ReadsShifted
                || event instanceof ChangeoverEvent.RolledBack
                || event instanceof ChangeoverEvent.Completed
                || event instanceof ChangeoverEvent.Aborted;
    }

    /** The state counts in any case; only that a flip would work is not acknowledged before it does. */
    private boolean rehearsed(String view) {
        if (unrehearsed.containsKey(view)) {
            try {
                router.state(view).ifPresent(router::rehearse);
                unrehearsed.remove(view);
            } catch (IllegalStateException e) {
                if (Boolean.FALSE.equals(unrehearsed.put(view, true))) {
                    LOG.warn("A flip of view {} cannot be rehearsed: {}", view, e.getMessage());
                }
                return false;
            }
        }
        return true;
    }

    private static @Nullable ChangeoverState after(@Nullable ChangeoverState state, DomainEventMessage<?> message) {
        Object event = message.getPayload();
        if (event instanceof ChangeoverEvent.ViewRegistered registered) {
            return ChangeoverState.of(registered);
        }
        return state == null ? null : state.after((ChangeoverEvent) event, message.getTimestamp());
    }

    /** Stops following. */
    @Override
    public void close() {
        thread.shutdownNow();
        judge.shutdownNow();
        if (!started) {
            return; // and nobody knows of it, or another process has its name
        }
        try {
            nodes.stopped();
        } catch (RuntimeException e) {
            LOG.debug("It could not be told that this node stops; it will be taken for silent", e);
        }
    }
}
