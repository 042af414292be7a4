package io.changeover.examples.orders.dispatch;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.RevisedPayload;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites the events of a {@link HistoricCommand} on their way into the store: their time is that of the command, their
 * payload has the revision that the release wrote, and their identifier follows from aggregate and sequence number, so
 * that the same history gives the same store, byte for byte. Events of all other commands pass untouched.
 *
 * <p>The aggregate itself has seen the event of today's class; only what is stored is of its time. Needs
 * {@link #correlation()} among the application's correlation data providers.
 */
public final class HistoricEvents implements MessageDispatchInterceptor<EventMessage<?>> {

    private final EventTypes eventTypes;
    private final EventSteps steps;
    private final ObjectMapper json;

    /** Takes payloads down with the given steps. */
    public HistoricEvents(EventTypes eventTypes, EventSteps steps, ObjectMapper json) {
        this.eventTypes = eventTypes;
        this.steps = steps;
        this.json = json;
    }

    /** Carries time and release from a command to its events. */
    public static CorrelationDataProvider correlation() {
        return new SimpleCorrelationDataProvider(HistoricCommand.OCCURRED_AT, HistoricCommand.RELEASE);
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        return (index, message) -> message instanceof DomainEventMessage<?> event
                        && event.getMetaData().containsKey(HistoricCommand.OCCURRED_AT)
                ? rewrite(event)
                : message;
    }

    private EventMessage<?> rewrite(DomainEventMessage<?> event) {
        MetaData metaData = event.getMetaData();
        Release release = Release.valueOf(String.valueOf(metaData.get(HistoricCommand.RELEASE)));
        String identity = event.getAggregateIdentifier() + "/" + event.getSequenceNumber();
        return new GenericDomainEventMessage<>(
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                payload(event.getPayload(), release),
                // Nothing that changes from run to run, such as the identifier of the command.
                Map.of(HistoricCommand.RELEASE, release.name()),
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                Instant.parse(String.valueOf(metaData.get(HistoricCommand.OCCURRED_AT))));
    }

    private Object payload(Object event, Release release) {
        EventType type = eventTypes.typeOf(event.getClass());
        if (type == null || release == Release.current()) {
            return event;
        }
        ObjectNode tree = json.valueToTree(event);
        EventTree current = new EventTree(type.name(), Integer.toString(type.revision()), tree);
        EventTree then = steps.down(current, release::writes);
        return new RevisedPayload(then.name(), then.revision(), then.payload());
    }
}
