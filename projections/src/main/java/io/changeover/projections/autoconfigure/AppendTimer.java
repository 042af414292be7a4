package io.changeover.projections.autoconfigure;

import io.changeover.throttle.AppendLatency;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.beans.factory.DisposableBean;

/**
 * Takes the time of every append in a unit of work on this node, from just before its events are inserted until they are
 * committed. An append that is rolled back counts for nothing.
 */
final class AppendTimer implements MessageDispatchInterceptor<EventMessage<?>>, DisposableBean {

    private static final String RESOURCE = "changeover.append";

    private final AppendLatency latency;
    private final Registration registration;

    AppendTimer(EventStore events, AppendLatency latency) {
        this.latency = latency;
        this.registration = events.registerDispatchInterceptor(this);
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        if (CurrentUnitOfWork.isStarted()) {
            UnitOfWork<?> root = CurrentUnitOfWork.get().root();
            root.getOrComputeResource(RESOURCE, key -> {
                long begun = System.nanoTime();
                root.afterCommit(done -> latency.committed(begun));
                return begun;
            });
        }
        return (index, message) -> message;
    }

    @Override
    public void destroy() {
        registration.cancel();
    }
}
