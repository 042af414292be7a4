package io.changeover.kit;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import tools.jackson.core.type.TypeReference;

/**
 * Axon's fixture for an aggregate whose past is given as it was stored, in whatever revision that was. Each event is a
 * file:
 *
 * <pre>{@code
 * {
 *   "event": "order.placed",
 *   "revision": "1",
 *   "metadata": {"user": "mueller"},
 *   "time": "2003-01-06T09:00:00Z",
 *   "payload": {...}
 * }
 * }</pre>
 *
 * <p>The revision is null for an event that was stored without one. Metadata and time may be missing; other fields are
 * not read. A fixture is for one test, as Axon's is.
 *
 * @param <A> type of the aggregate
 */
public final class StoredHistoryFixture<A> {

    private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};

    private final AggregateTestFixture<A> fixture;
    private final String aggregateType;
    private final EventReader reader;
    private final List<StoredEvent> history;

    /** A fixture that reads with the steps and classes of the reader, and with its earlier events if steps need any. */
    public StoredHistoryFixture(Class<A> aggregate, EventReader reader) {
        this(aggregate, reader, new ArrayList<>());
    }

    private StoredHistoryFixture(Class<A> aggregate, EventReader reader, List<StoredEvent> history) {
        this.fixture = new AggregateTestFixture<>(aggregate);
        this.aggregateType = aggregate.getSimpleName();
        this.reader = reader;
        this.history = history;
    }

    /** A fixture whose steps, where they need earlier events, find those that were given before. */
    public static <A> StoredHistoryFixture<A> of(Class<A> aggregate, EventTypes eventTypes, EventSteps steps) {
        List<StoredEvent> history = new ArrayList<>();
        EventReader reader = new EventReader(
                eventTypes,
                steps,
                new EventSerializer(eventTypes).getObjectMapper(),
                null,
                (type, id, sequence) -> history.stream()
                        .filter(event -> event.sequence() < sequence)
                        .toList());
        return new StoredHistoryFixture<>(aggregate, reader, history);
    }

    /** Axon's fixture, to register what the aggregate works with. */
    public AggregateTestFixture<A> fixture() {
        return fixture;
    }

    /**
     * Gives the events in these resources of the class path, in this order.
     *
     * @throws InvalidStoredHistoryException naming every file that is not there, has another shape, or cannot be read as
     *     an event of today
     */
    public TestExecutor<A> given(String... resources) {
        return given(Stream.of(resources).map(HistoryFile::resource).toList());
    }

    /**
     * Gives the events in these files, in this order.
     *
     * @throws InvalidStoredHistoryException as {@link #given(String...)} does
     */
    public TestExecutor<A> given(Path... files) {
        return given(Stream.of(files).map(HistoryFile::path).toList());
    }

    private TestExecutor<A> given(List<HistoryFile> files) {
        List<Object> events = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (HistoryFile file : files) {
            try {
                StoredEvent stored = file.event(aggregateType, history.size());
                history.add(stored);
                Map<String, Object> metadata = Json.MAPPER.readValue(stored.metadata(), METADATA);
                today(file, stored).forEach(payload -> events.add(new GenericEventMessage<>(payload, metadata)));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidStoredHistoryException(problems);
        }
        return fixture.given(events);
    }

    private List<Object> today(HistoryFile file, StoredEvent stored) {
        List<CurrentEvent> events;
        boolean dropped;
        try {
            events = reader.read(stored);
            dropped = events.isEmpty() && reader.trees(stored).isEmpty();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "file '%s' must hold an event that can be read today: %s".formatted(file.name(), e.getMessage()),
                    e);
        }
        if (events.isEmpty() && !dropped) {
            // A reader leaves out what is of another application; in a history that somebody wrote it is a slip.
            throw new IllegalArgumentException(
                    "file '%s' holds '%s' but no class and no step knows an event of this name; correct the name or add the class"
                            .formatted(file.name(), stored.name()));
        }
        return events.stream().map(CurrentEvent::payload).toList();
    }
}
