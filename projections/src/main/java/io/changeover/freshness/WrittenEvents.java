package io.changeover.freshness;

import io.changeover.serving.ReaderContext;
import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Notes in a reader's context which events were written on its behalf, by its own thread, once their unit of work is
 * committed. The transaction around that may still fail, which is found out when their positions are looked up.
 */
public final class WrittenEvents implements AutoCloseable {

    private final Registration registration;

    /** Begins to note. */
    public WrittenEvents(EventStore events) {
        this.registration = events.subscribe(WrittenEvents::appended);
    }

    private static void appended(List<? extends EventMessage<?>> events) {
        ReaderContext.current().ifPresent(context -> {
            List<String> identifiers =
                    events.stream().<String>map(EventMessage::getIdentifier).toList();
            if (CurrentUnitOfWork.isStarted()) {
                CurrentUnitOfWork.get().root().afterCommit(done -> identifiers.forEach(context::wrote));
            } else {
                identifiers.forEach(context::wrote);
            }
        });
    }

    @Override
    public void close() {
        registration.cancel();
    }
}
