package io.changeover.meter;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.serving.Router;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * How long the latest changeover of each view has been in each of its phases, by its events and so the same on every node.
 * Reads a view's events only when there are new ones, and each once. Safe for use by several threads.
 */
public final class PhaseTimes {

    private final EventStore events;
    private final Router router;
    private final Clock clock;
    private final Map<String, Walk> walks = new ConcurrentHashMap<>();

    private record Walk(
            long sequence, ChangeoverState state, Instant since, Map<Phase, Duration> over, @Nullable Phase present) {}

    /** Times by the events of the views that the router follows. */
    public PhaseTimes(EventStore events, Router router, Clock clock) {
        this.events = events;
        this.router = router;
        this.clock = clock;
    }

    /** Takes note of what was decided about the view since. */
    public synchronized void refresh(String view) {
        Walk walk = walks.get(view);
        long known = walk == null ? -1 : walk.sequence();
        if (router.sequence(view) <= known) {
            return;
        }
        var stream = events.readEvents(Changeover.idOf(view), known + 1);
        while (stream.hasNext()) {
            walk = after(walk, stream.next());
        }
        if (walk != null) {
            walks.put(view, walk);
        }
    }

    /**
     * How long the view's latest changeover has been in each phase that it has seen, all stays in a phase added, the
     * present one up to now; empty where there was none. A closed changeover's last phase lasts nothing.
     */
    public Map<Phase, Duration> of(String view) {
        Walk walk = walks.get(view);
        if (walk == null || walk.present() == null) {
            return Map.of();
        }
        Map<Phase, Duration> times = new EnumMap<>(Phase.class);
        times.putAll(walk.over());
        if (!walk.present().closed()) {
            times.merge(walk.present(), passed(walk.since(), clock.instant()), Duration::plus);
        }
        return times;
    }

    private static @Nullable Walk after(@Nullable Walk walk, DomainEventMessage<?> message) {
        Object event = message.getPayload();
        Instant at = message.getTimestamp();
        if (event instanceof ChangeoverEvent.ViewRegistered registered) {
            return new Walk(message.getSequenceNumber(), ChangeoverState.of(registered), at, Map.of(), null);
        }
        if (walk == null) {
            return null;
        }
        ChangeoverState state = walk.state().after((ChangeoverEvent) event, at);
        Attempt latest = state.latest();
        Attempt before = walk.state().latest();
        if (latest == null) {
            return new Walk(message.getSequenceNumber(), state, at, Map.of(), null);
        }
        if (before == null || !before.id().equals(latest.id())) {
            return new Walk(message.getSequenceNumber(), state, at, Map.of(), latest.phase());
        }
        if (before.phase() == latest.phase()) {
            return new Walk(message.getSequenceNumber(), state, walk.since(), walk.over(), walk.present());
        }
        Map<Phase, Duration> over = new EnumMap<>(Phase.class);
        over.putAll(walk.over());
        if (!before.phase().closed()) {
            over.merge(before.phase(), passed(walk.since(), at), Duration::plus);
        }
        return new Walk(message.getSequenceNumber(), state, at, over, latest.phase());
    }

    /** Events carry the times of nodes whose clocks need not agree. */
    private static Duration passed(Instant from, Instant until) {
        Duration passed = Duration.between(from, until);
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
