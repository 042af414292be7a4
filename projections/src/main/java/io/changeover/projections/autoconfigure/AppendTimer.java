package io.changeover.projections.autoconfigure;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
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

    private final String resource;
    private final LongConsumer committed;
    private final Registration registration;

    /**
     * @param listener name of who listens, which no other has
     * @param committed told of each append when it began, by {@link System#nanoTime}, right after its commit
     */
    AppendTimer(EventStore events, String listener, LongConsumer committed) {
        this.resource = "changeover.append." + listener;
        this.committed = committed;
        this.registration = events.registerDispatchInterceptor(this);
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        if (CurrentUnitOfWork.isStarted()) {
            UnitOfWork<?> root = CurrentUnitOfWork.get().root();
            root.getOrComputeResource(resource, key -> {
                long begun = System.nanoTime();
                root.afterCommit(done -> committed.accept(begun));
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
