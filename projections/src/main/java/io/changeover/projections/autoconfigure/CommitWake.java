package io.changeover.projections.autoconfigure;

import io.changeover.stream.StreamFollower;
import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.DisposableBean;

/** Tells the stream's follower of every append on this node, after its commit, so that nobody here waits for a poll. */
final class CommitWake implements DisposableBean {

    private static final String RESOURCE = "changeover.wake";

    private final StreamFollower follower;
    private final Registration registration;

    CommitWake(EventStore events, StreamFollower follower) {
        this.follower = follower;
        this.registration = events.subscribe(this::appended);
    }

    private void appended(List<? extends EventMessage<?>> events) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().getOrComputeResource(RESOURCE, key -> {
                CurrentUnitOfWork.get().root().afterCommit(done -> follower.wake());
                return true;
            });
        } else {
            follower.wake();
        }
    }

    @Override
    public void destroy() {
        registration.cancel();
    }
}
