package io.changeover.serving;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverState;
import io.changeover.projection.DaemonThreads;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
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
 * The events of one view are numbered without gaps by its aggregate, so following them needs no ordered stream.
 */
public final class RouteFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFollower.class);

    private final List<String> views;
    private final EventStore events;
    private final Router router;
    private final JdbcOperations jdbc;
    private final Clock clock;
    private final String node;
    private final String eventTable;
    private final Map<String, Long> applied = new HashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-router"));

    /**
     * @param node name of this node, unique among all that share the database
     * @param eventTable qualified name of the event table in Axon's layout under Spring's naming
     */
    public RouteFollower(
            List<String> views,
            EventStore events,
            Router router,
            JdbcOperations jdbc,
            Clock clock,
            String node,
            String eventTable) {
        this.views = List.copyOf(views);
        this.events = events;
        this.router = router;
        this.jdbc = jdbc;
        this.clock = clock;
        this.node = node;
        this.eventTable = eventTable;
    }

    /** Applies all that is there, then keeps following on a thread of its own. */
    public void start(Duration interval) {
        refresh();
        var unused = thread.scheduleWithFixedDelay(
                this::poll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll() {
        try {
            Map<String, Long> newest = new HashMap<>();
            jdbc.query(
                    connection -> {
                        var statement = connection.prepareStatement(
                                "select aggregate_identifier, max(sequence_number) from %s where aggregate_identifier = any(?) group by 1"
                                        .formatted(eventTable));
                        statement.setArray(
                                1,
                                connection.createArrayOf(
                                        "text",
                                        views.stream().map(Changeover::idOf).toArray()));
                        return statement;
                    },
                    (ResultSet result) -> {
                        newest.put(result.getString(1), result.getLong(2));
                    });
            for (String view : views) {
                Long sequence = newest.get(Changeover.idOf(view));
                if (sequence != null && sequence > appliedSequence(view)) {
                    refresh(view);
                }
            }
        } catch (RuntimeException e) {
            // The last known state goes on serving; the next poll tries again.
            LOG.warn("Which version serves could not be read; this node goes on by the last it knows", e);
        }
    }

    /** Applies at once whatever has been committed for all views. */
    public void refresh() {
        views.forEach(this::refresh);
    }

    /** Applies at once whatever has been committed for the view. */
    public synchronized void refresh(String view) {
        long before = appliedSequence(view);
        long sequence = before;
        ChangeoverState state = router.state(view).orElse(null);
        DomainEventStream stream = events.readEvents(Changeover.idOf(view), before + 1);
        while (stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            state = after(state, message);
            sequence = message.getSequenceNumber();
        }
        if (state != null && sequence > before) {
            router.apply(state, sequence);
            applied.put(view, sequence);
            acknowledge(view, sequence);
        }
    }

    private static @Nullable ChangeoverState after(@Nullable ChangeoverState state, DomainEventMessage<?> message) {
        Object event = message.getPayload();
        if (event instanceof ChangeoverEvent.ViewRegistered registered) {
            return ChangeoverState.of(registered);
        }
        return state == null ? null : state.after((ChangeoverEvent) event, message.getTimestamp());
    }

    private synchronized long appliedSequence(String view) {
        return applied.getOrDefault(view, -1L);
    }

    private void acknowledge(String view, long sequence) {
        jdbc.update(
                """
                insert into changeover.node_acknowledgement (node, view, sequence, acknowledged_at) values (?, ?, ?, ?)
                on conflict (node, view) do update
                set sequence = excluded.sequence, acknowledged_at = excluded.acknowledged_at
                """,
                node,
                view,
                sequence,
                clock.instant().atOffset(ZoneOffset.UTC));
    }

    /** The nodes that route the view by its latest event. */
    public List<String> acknowledgedBy(String view) {
        return jdbc.queryForList(
                """
                select node from changeover.node_acknowledgement where view = ? and sequence =
                    (select max(sequence_number) from %s where aggregate_identifier = ?) order by node
                """
                        .formatted(eventTable),
                String.class,
                view,
                Changeover.idOf(view));
    }

    /** Stops following. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
