package io.changeover.kit;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Where assertions about single stored events begin.
 *
 * <pre>{@code
 * stored.event("payment.received", 1, "{...}")
 *         .isAcceptedBySchema()
 *         .readsAs(new PaymentReceived(...))
 *         .comesDownTo("payment.received", 1, "{...}");
 * }</pre>
 */
public final class StoredEvents {

    private final EventReader reader;
    private final EventSteps steps;
    private final PayloadCheck check;

    private StoredEvents(EventReader reader, EventSteps steps, PayloadCheck check) {
        this.reader = reader;
        this.steps = steps;
        this.check = check;
    }

    /**
     * Assertions about events that are read with these classes and steps.
     *
     * @param check holds payloads against the schemas of their revisions
     */
    public static StoredEvents of(EventTypes eventTypes, EventSteps steps, PayloadCheck check) {
        return new StoredEvents(
                new EventReader(eventTypes, steps, new EventSerializer(eventTypes).getObjectMapper()), steps, check);
    }

    /** Assertions about an event in this revision, without metadata. */
    public StoredEventAssert event(String name, int revision, String json) {
        return event(Revision.of(name, revision), json);
    }

    /** Assertions about an event in this revision, without metadata. */
    public StoredEventAssert event(Revision revision, String json) {
        byte[] metadata = Json.MAPPER.writeValueAsBytes(JsonNodeFactory.instance.objectNode());
        return event(new StoredEvent(
                1,
                "event-of-the-test",
                null,
                "event-of-the-test",
                0,
                revision.name(),
                revision.revision(),
                Json.MAPPER.writeValueAsBytes(Json.object(json)),
                metadata,
                Instant.EPOCH));
    }

    /** Assertions about an event of which more than its payload counts. */
    public StoredEventAssert event(StoredEvent stored) {
        return new StoredEventAssert(stored, reader, steps, check);
    }
}
