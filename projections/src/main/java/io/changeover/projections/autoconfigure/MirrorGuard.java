package io.changeover.projections.autoconfigure;

import io.changeover.changeover.Changeover;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.DisposableBean;

/**
 * Keeps events of the domain out of the store of an application whose views follow another's topic: no view would ever see
 * them.
 */
final class MirrorGuard implements DisposableBean {

    private final String topic;
    private final Registration registration;

    MirrorGuard(EventStore events, String topic) {
        this.topic = topic;
        this.registration = events.registerDispatchInterceptor(this::guard);
    }

    private BiFunction<Integer, EventMessage<?>, EventMessage<?>> guard(List<? extends EventMessage<?>> appended) {
        return (number, event) -> {
            if (event instanceof DomainEventMessage<?> domain
                    && domain.getAggregateIdentifier().startsWith(Changeover.idOf(""))) {
                return event;
            }
            throw new IllegalStateException(
                    "Event '%s' cannot be appended here, because the views of this application follow topic '%s' and would never see it; send the command to the application that publishes the topic, or remove changeover.mirror.topic"
                            .formatted(event.getPayloadType().getName(), topic));
        };
    }

    @Override
    public void destroy() {
        registration.cancel();
    }
}
