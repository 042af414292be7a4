package io.changeover.projections.autoconfigure;

import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells whoever follows the store of every append on this node, after its commit, so that nobody here waits for a poll. */
final class CommitWake implements DisposableBean {

    private final String resource;
    private final Runnable wake;
    private final Registration registration;

    /**
     * @param follower name of who follows, which no other has
     * @param wake tells them
     */
    CommitWake(EventStore events, String follower, Runnable wake) {
        this.resource = "changeover.wake." + follower;
        this.wake = wake;
        this.registration = events.subscribe(this::appended);
    }

    private void appended(List<? extends EventMessage<?>> events) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().getOrComputeResource(resource, key -> {
                CurrentUnitOfWork.get().root().afterCommit(done -> wake.run());
                return true;
            });
        } else if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // Who publishes within a transaction and without a unit of work; before its commit there is nothing to see.
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    wake.run();
                }
            });
        } else {
            wake.run();
        }
    }

    @Override
    public void destroy() {
        registration.cancel();
    }
}
