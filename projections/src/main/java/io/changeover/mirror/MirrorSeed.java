package io.changeover.mirror;

import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The origin's own store, from which a mirror can begin where the topic's beginning is gone or would take long. Events are
 * copied as they are stored there, in whatever revision.
 */
public final class MirrorSeed {

    private static final int STRETCH = 50_000;
    private static final int BATCH = 10_000;

    private final OrderedStream stream;
    private final Set<String> names;

    /**
     * @param origin connections to the database of the application that publishes the topic
     * @param names names of the events that are copied
     */
    public MirrorSeed(DataSource origin, Set<String> names) {
        this.stream = new OrderedStream(origin, EventTable.ofSpring());
        this.names = Set.copyOf(names);
    }

    /**
     * Gives the events after a position up to another, in order, in lists that are small enough for a transaction each.
     *
     * @throws org.axonframework.eventsourcing.eventstore.EventStoreException when the origin cannot be read; the same call
     *     can be made again
     */
    void read(long after, long upTo, Consumer<List<CarriedEvent>> sink) {
        if (stream.horizon() < upTo) {
            throw new IllegalStateException(
                    "The store that the mirror is to begin with ends at position %d, and the topic is at %d already, so it is another store, or a copy that is behind; correct changeover.mirror.seed.url"
                            .formatted(stream.horizon(), upTo));
        }
        List<CarriedEvent> batch = new ArrayList<>();
        for (long from = after; from < upTo; from += STRETCH) {
            stream.history(from, Math.min(upTo, from + STRETCH), names, event -> {
                batch.add(CarriedEvent.of(event));
                if (batch.size() >= BATCH) {
                    sink.accept(List.copyOf(batch));
                    batch.clear();
                }
            });
        }
        if (!batch.isEmpty()) {
            sink.accept(batch);
        }
    }
}
