package io.changeover.report;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.report.ChangeoverReport.Moment;
import io.changeover.stream.EventTable;
import io.changeover.view.Versions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** What was done to changeovers of all views, the latest first. Safe for use by several threads. */
public final class ChangeoverMoments {

    private final Versions versions;
    private final ProjectionStore store;
    private final EventStore events;

    /** The moments that the event store has. */
    public ChangeoverMoments(Versions versions, ProjectionStore store, EventStore events) {
        this.versions = versions;
        this.store = store;
        this.events = events;
    }

    /**
     * A moment of a view.
     *
     * @param view name of the view
     * @param moment what was done
     */
    public record ViewMoment(String view, Moment moment) {}

    private record Place(String aggregate, long number, long position, Instant at) {}

    /** The views that are declared, and those that a node has routed and nobody declares any more; in order. */
    public List<String> views() {
        TreeSet<String> views = new TreeSet<>(versions.views());
        views.addAll(
                store.jdbc().queryForList("select distinct view from changeover.node_acknowledgement", String.class));
        return List.copyOf(views);
    }

    /**
     * The latest moments of views.
     *
     * @param since only those of this time or later, or null
     * @param beforeAt only those whose time and position are, as a pair, below this and {@code beforePosition}; or null
     * @param limit at most so many
     */
    public List<ViewMoment> latest(
            List<String> views,
            @Nullable OffsetDateTime since,
            @Nullable OffsetDateTime beforeAt,
            long beforePosition,
            int limit) {
        Map<String, String> byAggregate = new HashMap<>();
        views.forEach(view -> byAggregate.put(Changeover.idOf(view), view));
        List<Place> places =
                places(byAggregate.keySet().toArray(String[]::new), since, beforeAt, beforePosition, limit);
        Map<String, Map<Long, ChangeoverEvent>> read = new HashMap<>();
        places.stream()
                .map(Place::aggregate)
                .distinct()
                .forEach(aggregate -> read.put(aggregate, read(aggregate, places)));
        List<ViewMoment> moments = new ArrayList<>();
        for (Place place : places) {
            ChangeoverEvent event =
                    read.getOrDefault(place.aggregate(), Map.of()).get(place.number());
            String view = byAggregate.get(place.aggregate());
            if (event != null && view != null) {
                moments.add(new ViewMoment(view, Telling.of(place.position(), place.at(), event)));
            }
        }
        return moments;
    }

    private List<Place> places(
            String[] aggregates,
            @Nullable OffsetDateTime since,
            @Nullable OffsetDateTime beforeAt,
            long beforePosition,
            int limit) {
        EventTable.Columns columns = store.decisions().columns();
        return store.jdbc()
                .query(
                        """
                        select aggregate, number, position, at from (
                            select %s aggregate, %s number, %s position, %s::timestamptz at from %s where %s = any(?)) moments
                        where (?::timestamptz is null or at >= ?::timestamptz)
                        and (?::timestamptz is null or (at, position) < (?::timestamptz, ?))
                        order by at desc, position desc limit ?
                        """
                                .formatted(
                                        columns.aggregateId(),
                                        columns.sequence(),
                                        columns.position(),
                                        columns.time(),
                                        store.decisions().events(),
                                        columns.aggregateId()),
                        (row, index) -> new Place(
                                row.getString(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()),
                        aggregates,
                        since,
                        since,
                        beforeAt,
                        beforeAt,
                        beforePosition,
                        limit);
    }

    private Map<Long, ChangeoverEvent> read(String aggregate, List<Place> places) {
        List<Long> numbers = places.stream()
                .filter(place -> place.aggregate().equals(aggregate))
                .map(Place::number)
                .sorted()
                .toList();
        long last = numbers.get(numbers.size() - 1);
        Map<Long, ChangeoverEvent> read = new HashMap<>();
        DomainEventStream stream = events.readEvents(aggregate, numbers.get(0));
        while (stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            if (message.getSequenceNumber() > last) {
                break;
            }
            if (message.getPayload() instanceof ChangeoverEvent event) {
                read.put(message.getSequenceNumber(), event);
            }
        }
        return read;
    }
}
