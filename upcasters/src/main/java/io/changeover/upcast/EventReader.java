package io.changeover.upcast;

import io.changeover.event.EventTypes;
import io.changeover.event.LegacyFormat;
import io.changeover.event.StoredEvent;
import io.changeover.upcast.EventSteps.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * Reads stored events as objects of the application's classes. An event that is already current goes from bytes to its
 * record without a tree in between. Safe for use by several threads.
 */
public final class EventReader {

    private final EventSteps steps;
    private final PayloadTrees trees;
    private final @Nullable AggregateHistory history;
    private final Map<String, ObjectReader> readers = new HashMap<>();
    private final ReadFailures failures;

    /** A reader of JSON events whose steps need no context. */
    public EventReader(EventTypes eventTypes, EventSteps steps, ObjectMapper json) {
        this(eventTypes, steps, json, null, null);
    }

    /**
     * A reader that takes events up with the given steps.
     *
     * @param legacy reads what is not JSON, or null where everything is
     * @param history where a step with context finds earlier events, or null where no step needs them
     */
    public EventReader(
            EventTypes eventTypes,
            EventSteps steps,
            ObjectMapper json,
            @Nullable LegacyFormat legacy,
            @Nullable AggregateHistory history) {
        this.steps = steps;
        this.trees = new PayloadTrees(json, legacy);
        this.history = history;
        this.failures = new ReadFailures(eventTypes, steps, trees);
        for (String name : eventTypes.names()) {
            readers.put(name, json.readerFor(eventTypes.classOf(name).orElseThrow()));
        }
    }

    /**
     * The events that a row stands for today, usually one, in order. An event whose name no class and no step knows is
     * left out.
     *
     * @throws UnreadableEventException when the payload is not JSON, its revision is not known, a step fails, or the
     *     class refuses the result
     */
    public List<CurrentEvent> read(StoredEvent stored) {
        try {
            EventSteps.Plan plan = steps.planFor(stored.name(), stored.revision());
            if (plan == null) {
                requireKnown(steps, stored.name(), stored.revision());
                return List.of();
            }
            if (plan.reading() == Reading.CURRENT && !trees.isLegacy(stored.payload())) {
                return List.of(new CurrentEvent(stored, current(stored)));
            }
            List<EventTree> events = steps.toClasses(trees.event(stored), origin(stored), plan);
            if (events.size() == 1) {
                return object(stored, events.get(0));
            }
            List<CurrentEvent> objects = new ArrayList<>(events.size());
            events.forEach(event -> objects.addAll(object(stored, event)));
            return objects;
        } catch (RuntimeException e) {
            throw failures.of(stored, e);
        }
    }

    private List<CurrentEvent> object(StoredEvent stored, EventTree event) {
        ObjectReader reader = readers.get(event.name());
        return reader == null ? List.of() : List.of(new CurrentEvent(stored, reader.readValue(event.payload())));
    }

    /**
     * The events that a row stands for today, as trees in the revisions of the application's classes.
     *
     * @throws UnreadableEventException as {@link #read} does, but for classes that refuse the result
     */
    public List<EventTree> trees(StoredEvent stored) {
        try {
            requireKnown(steps, stored.name(), stored.revision());
            return toClasses(stored);
        } catch (RuntimeException e) {
            throw failures.of(stored, e);
        }
    }

    /**
     * The event as a tree in the revision in which it was stored.
     *
     * @throws UnreadableEventException when it cannot be parsed
     */
    public EventTree asStored(StoredEvent stored) {
        try {
            return trees.event(stored);
        } catch (RuntimeException e) {
            throw failures.of(stored, e);
        }
    }

    private List<EventTree> toClasses(StoredEvent stored) {
        return steps.toClasses(trees.event(stored), origin(stored));
    }

    private static void requireKnown(EventSteps steps, String name, @Nullable String revision) {
        if (steps.reading(name, revision) == Reading.UNKNOWN) {
            throw unknown(steps, name, revision);
        }
    }

    static StepRefusedException unknown(EventSteps steps, String name, @Nullable String revision) {
        return new StepRefusedException(
                null,
                "revision %s of event '%s' is not known here; known are: %s; declare the step that leaves it, or deploy the release that wrote it"
                        .formatted(revision == null ? "none" : "'" + revision + "'", name, steps.known(name)));
    }

    /**
     * The events that a row stands for in the revisions that a reader of another release or contract knows, whichever
     * direction that is.
     *
     * @throws UnreadableEventException when neither direction leads there, or a step refuses the payload
     */
    public List<EventTree> read(StoredEvent stored, Contract contract) {
        try {
            return steps.to(trees.event(stored), origin(stored), contract);
        } catch (RuntimeException e) {
            throw failures.of(stored, e);
        }
    }

    /** Whether the reader of that contract can be given the event's payload as it is stored. */
    public boolean isOf(StoredEvent stored, Contract contract) {
        return contract.knows(new Revision(stored.name(), stored.revision())) && !trees.isLegacy(stored.payload());
    }

    private Origin origin(StoredEvent stored) {
        String type = stored.aggregateType();
        return Origin.of(
                stored.time(),
                type == null ? null : new Origin.Place(type, stored.aggregateId(), stored.sequence()),
                history,
                trees,
                () -> trees.metadata(stored.metadata()));
    }

    /** Whether a stored event of this name can be read as an event of one of the given names. */
    public boolean mayBecomeOneOf(String storedName, Set<String> names) {
        return names.contains(storedName) || !Collections.disjoint(steps.namesReachedFrom(storedName), names);
    }

    /** All names under which an event can be stored that {@link #mayBecomeOneOf} the given names, those names included. */
    public Set<String> storedNamesOf(Set<String> names) {
        return Stream.concat(
                        names.stream(),
                        steps.revisions().stream().map(Revision::name).filter(stored -> mayBecomeOneOf(stored, names)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Object current(StoredEvent stored) {
        ObjectReader reader = Objects.requireNonNull(readers.get(stored.name()));
        Object payload = reader.readValue(PayloadParsers.of(stored.payload()));
        if (payload == null) {
            // Jackson reads the literal null as no object at all, whatever the class requires.
            throw new IllegalArgumentException("the payload is not a JSON object but NULL");
        }
        return payload;
    }
}
