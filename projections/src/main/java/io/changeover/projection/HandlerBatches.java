package io.changeover.projection;

import io.changeover.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Gathers a batch of the processor and passes it on before the batch commits, once the token is stored. */
final class HandlerBatches implements EventHandlerInvoker {

    private static final String RESOURCE = "changeover.handler.batch";

    private final HandlerWork work;

    HandlerBatches(HandlerWork work) {
        this.work = work;
    }

    /** Takes every event, since the token then says exactly how far the version is, also over events it ignores. */
    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        List<StoredEvent> batch = unitOfWork.root().getResource(RESOURCE);
        if (batch == null) {
            List<StoredEvent> fresh = new ArrayList<>();
            unitOfWork.root().resources().put(RESOURCE, fresh);
            unitOfWork.onPrepareCommit(u -> work.apply(work.concerning(fresh, segment)));
            batch = fresh;
        }
        batch.add((StoredEvent) message.getPayload());
    }

    /** The tables are the component's own, so resetting the tokens alone would double what is in them. */
    @Override
    public boolean supportsReset() {
        return false;
    }
}
