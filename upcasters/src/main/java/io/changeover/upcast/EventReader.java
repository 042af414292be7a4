package io.changeover.upcast;

import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads stored events as objects of today's classes. An event that is already current goes from bytes to its record
 * without a tree in between. Safe for use by several threads.
 */
public final class EventReader {

    private final EventTypes eventTypes;
    private final EventSteps steps;
    private final ObjectMapper json;
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    /** A reader that takes events up with the given steps. */
    public EventReader(EventTypes eventTypes, EventSteps steps, ObjectMapper json) {
        this.eventTypes = eventTypes;
        this.steps = steps;
        this.json = json;
    }

    /**
     * The events that a row stands for today, usually one, in order. An event whose name no class carries is left out.
     *
     * @throws UnreadableEventException when the payload is not JSON, a step fails, or the class refuses the result
     */
    public List<CurrentEvent> read(StoredEvent stored) {
        try {
            if (steps.isCurrent(stored.name(), stored.revision())) {
                Class<?> type = eventTypes.classOf(stored.name()).orElse(null);
                return type == null ? List.of() : List.of(new CurrentEvent(stored, current(stored, type)));
            }
            List<CurrentEvent> events = new ArrayList<>(1);
            for (EventTree tree : steps.up(tree(stored))) {
                Class<?> type = eventTypes.classOf(tree.name()).orElse(null);
                if (type != null) {
                    events.add(new CurrentEvent(stored, reader(type).readValue(tree.payload())));
                }
            }
            return events;
        } catch (RuntimeException e) {
            throw new UnreadableEventException(stored, e);
        }
    }

    /**
     * Whether a stored event of this name can be read as an event of one of the given names. A step that may change the
     * name counts as leading to all of them, so the answer is never a wrong no.
     */
    public boolean mayBecomeOneOf(String storedName, Set<String> names) {
        return names.contains(storedName) || steps.mayRename(storedName);
    }

    private Object current(StoredEvent stored, Class<?> type) {
        Object payload = reader(type).readValue(stored.payload());
        if (payload == null) {
            // Jackson reads the literal null as no object at all, whatever the class requires.
            throw new IllegalArgumentException("the payload is not a JSON object but NULL");
        }
        return payload;
    }

    private EventTree tree(StoredEvent stored) {
        JsonNode payload = json.readTree(stored.payload());
        if (!(payload instanceof ObjectNode object)) {
            throw new IllegalArgumentException("the payload is not a JSON object but " + payload.getNodeType());
        }
        return new EventTree(stored.name(), stored.revision() == null ? "" : stored.revision(), object);
    }

    private ObjectReader reader(Class<?> type) {
        return readers.computeIfAbsent(type, json::readerFor);
    }
}
