package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.view.HandlerVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;

/**
 * The component of a handler version, called as Axon would call it: with the event of today's class, its metadata,
 * aggregate, time and position, in a unit of work of its own. Safe for use by several threads as far as the component is.
 */
final class HandlingComponent {

    private static final byte[] NO_METADATA = {'{', '}'};

    private final EventMessageHandler handler;
    private final Set<String> eventNames;
    private final EventReader reader;
    private final Serializer serializer;
    private final CorrelationDataInterceptor<EventMessage<?>> correlation;
    private final HandlerSession session;

    private HandlingComponent(
            EventMessageHandler handler,
            Set<String> eventNames,
            EventReader reader,
            Configuration axon,
            HandlerSession session) {
        this.handler = handler;
        this.eventNames = eventNames;
        this.reader = reader;
        this.serializer = axon.eventSerializer();
        this.correlation = new CorrelationDataInterceptor<>(axon.correlationDataProviders());
        this.session = session;
    }

    /**
     * Finds the component and what it handles.
     *
     * @throws HandlerRefusedException when there is no such component, or it handles none of the application's events
     */
    static HandlingComponent of(HandlerVersion version, EventReader reader, HandlerEnvironment environment) {
        Object component = environment.components().apply(version.handler());
        Configuration axon = environment.axon();
        EventMessageHandler handler = new AnnotationEventHandlerAdapter(
                component, axon.parameterResolverFactory(), axon.handlerDefinition(component.getClass()));
        Set<String> names = environment.types().names().stream()
                .filter(name -> environment
                        .types()
                        .classOf(name)
                        .filter(handler::canHandleType)
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
        if (names.isEmpty()) {
            throw new HandlerRefusedException(
                    "Component '%s' of '%s' handles no event of this application, which are: %s; give it an @EventHandler for one of their classes, or name another component"
                            .formatted(
                                    version.handler().getName(),
                                    version.id(),
                                    String.join(
                                            ", ",
                                            environment.types().names().stream()
                                                    .sorted()
                                                    .toList())));
        }
        return new HandlingComponent(handler, names, reader, axon, environment.session());
    }

    /** Names of the events of today that the component takes. */
    Set<String> eventNames() {
        return eventNames;
    }

    /** Whether the component may want something of the event, as far as its name tells. */
    boolean concerns(StoredEvent event) {
        return reader.mayBecomeOneOf(event.name(), eventNames);
    }

    /** Whether any handler takes events of a replay; one that takes none would leave its tables empty. */
    boolean supportsReplay() {
        return handler.supportsReset();
    }

    /** Calls the component's {@code @ResetHandler}, if it has one. */
    void prepareReplay() {
        handler.prepareReset();
    }

    /**
     * Passes the messages of one stored event to the component, in the surrounding transaction and unit of work.
     *
     * @throws Throwable what the component threw, or the database when it was told of the changes
     */
    void handle(List<EventMessage<?>> messages) throws Throwable {
        for (EventMessage<?> message : messages) {
            if (handler.canHandle(message)) {
                DefaultUnitOfWork<EventMessage<?>> unit = DefaultUnitOfWork.startAndGet(message);
                ResultMessage<?> result = unit.executeWithResult(
                        () -> new DefaultInterceptorChain<>(unit, List.of(correlation), handler).proceed(),
                        RollbackConfigurationType.ANY_THROWABLE);
                if (result.isExceptional()) {
                    throw result.exceptionResult();
                }
                session.endOfEvent();
            }
        }
    }

    /**
     * What Axon would pass to the component for the stored event: usually one message, with the event of today's class.
     *
     * @param horizon position up to which events count as replayed to the component
     * @throws RuntimeException when payload or metadata cannot be read
     */
    List<EventMessage<?>> messages(StoredEvent event, long horizon) {
        List<CurrentEvent> current = reader.read(event);
        List<EventMessage<?>> messages = new ArrayList<>(current.size());
        if (!current.isEmpty()) {
            MetaData metadata = metadata(event);
            current.forEach(each -> messages.add(message(event, each.payload(), metadata, horizon)));
        }
        return messages;
    }

    private static EventMessage<?> message(StoredEvent event, Object payload, MetaData metadata, long horizon) {
        // Beyond the horizon this gives the plain token, as at the end of a replay of Axon's.
        TrackingToken token = ReplayToken.createReplayToken(
                new GlobalSequenceTrackingToken(horizon), new GlobalSequenceTrackingToken(event.position()));
        GenericEventMessage<Object> message =
                new GenericEventMessage<>(event.eventId(), payload, metadata, event.time());
        return event.aggregateType() == null
                ? new GenericTrackedEventMessage<>(token, message)
                : new GenericTrackedDomainEventMessage<>(
                        token, event.aggregateType(), event.aggregateId(), event.sequence(), message, event::time);
    }

    private MetaData metadata(StoredEvent event) {
        if (Arrays.equals(event.metadata(), NO_METADATA)) {
            return MetaData.emptyInstance();
        }
        MetaData metadata = serializer.deserialize(new SerializedMetaData<>(event.metadata(), byte[].class));
        return metadata == null ? MetaData.emptyInstance() : metadata;
    }
}
