package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.DeadLetterStore.Parked;
import io.changeover.sensitive.SensitiveValues;
import io.changeover.trace.Traces;
import io.changeover.trace.Work.Scope;
import io.changeover.view.HandlerVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Passes stored events to the component of a handler version, parks those on which it fails, and lets later events of the
 * same aggregate wait behind them.
 *
 * <p>A batch is first tried whole, in the processor's transaction. When it fails, all of it is rolled back and done again
 * in transactions of its parts, until each event that fails has been alone in one. Savepoints would be cheaper, but JPA
 * and {@code @Transactional} components mark the whole transaction to be rolled back, and so much can only be seen at the
 * commit.
 */
final class HandlerWork {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerWork.class);

    /** As many as a pool has connections and more, each of which may fail once; then it is waited between attempts. */
    private static final int CONNECTIONS = 20;

    private static final int SECONDS_TO_ANSWER = 5;

    private static final String WAITING = "waits behind an earlier event of the same home";

    private final HandlerVersion version;
    private final HandlingComponent component;
    private final DeadLetterStore deadLetters;
    private final ProjectionStore store;
    private final TransactionManager transactions;
    private final long horizon;
    private final BatchTraces traces;

    HandlerWork(
            HandlerVersion version,
            HandlingComponent component,
            DeadLetterStore deadLetters,
            ProjectionStore store,
            TransactionManager transactions,
            long horizon,
            Traces traces) {
        this.version = version;
        this.component = component;
        this.deadLetters = deadLetters;
        this.store = store;
        this.transactions = transactions;
        this.horizon = horizon;
        this.traces = new BatchTraces(version.id(), traces);
    }

    /** The events of the segment that the component may want. */
    List<StoredEvent> concerning(List<StoredEvent> events, Segment segment) {
        return events.stream()
                .filter(event -> segment.matches(event.aggregateId()) && component.concerns(event))
                .toList();
    }

    /**
     * Passes the events on in the surrounding transaction.
     *
     * @param events of one segment, in order
     * @throws HandlerFailedException when the component fails; the transaction must be rolled back
     */
    void apply(List<StoredEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "Events of '%s' would be handled outside of a transaction and apart from their token; give Axon a TransactionManager on the same data source"
                            .formatted(version.id()));
        }
        if (events.isEmpty()) {
            return;
        }
        Scope scope = traces.open(events, event -> true, CurrentUnitOfWork.get().root());
        try {
            handle(events);
        } finally {
            scope.close();
        }
    }

    private void handle(List<StoredEvent> events) {
        Set<String> parked = deadLetters.parkedAmong(
                version.id(),
                events.stream().map(StoredEvent::aggregateId).distinct().toList());
        List<Letter> letters = new ArrayList<>();
        for (StoredEvent event : events) {
            if (parked.contains(event.aggregateId())) {
                letters.add(new Letter(event.aggregateId(), event, WAITING));
            } else {
                handle(event, parked, letters);
            }
        }
        if (!letters.isEmpty()) {
            deadLetters.park(version.id(), letters);
        }
        requireIntact();
    }

    /**
     * A statement that fails aborts the transaction also where the component swallows the failure, and PostgreSQL then
     * answers a commit by rolling back, of which the driver does not always tell. Any statement finds it out.
     */
    private void requireIntact() {
        store.jdbc().execute("select 1");
    }

    private void handle(StoredEvent event, Set<String> parked, List<Letter> letters) {
        List<EventMessage<?>> messages;
        try {
            messages = component.messages(event, horizon);
        } catch (RuntimeException e) {
            if (PassingFailure.is(e)) {
                throw e;
            }
            // Nothing was written for it, so the rest of the transaction is good.
            parked.add(event.aggregateId());
            letters.add(new Letter(event.aggregateId(), event, String.valueOf(e.getMessage())));
            return;
        }
        try {
            component.handle(messages);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new HandlerFailedException(event, e);
        }
    }

    /**
     * Does a batch that has failed again, in transactions of its parts, each with the token that it has earned.
     *
     * @param events the whole batch, in order
     * @throws RuntimeException when the database fails or the claim is lost; what is committed stays
     */
    void applyInParts(List<StoredEvent> events, Segment segment) {
        Deque<List<StoredEvent>> parts = new ArrayDeque<>();
        parts.push(concerning(events, segment));
        while (!parts.isEmpty()) {
            List<StoredEvent> part = parts.pop();
            if (part.isEmpty()) {
                continue;
            }
            Throwable failure = attempt(part, segment);
            if (failure == null) {
                continue;
            }
            int failed = indexOf(failure, part);
            if (failed == 0 || part.size() == 1) {
                park(part.get(0), failure, segment);
                parts.push(part.subList(1, part.size()));
            } else {
                int cut = failed > 0 ? failed : part.size() / 2;
                parts.push(part.subList(cut, part.size()));
                parts.push(part.subList(0, cut));
            }
        }
        long end = events.get(events.size() - 1).position();
        transactions.executeInTransaction(() -> storeToken(end, segment));
    }

    /** Position of the event that the component failed on, or -1 where only the commit has shown that something is wrong. */
    private static int indexOf(Throwable failure, List<StoredEvent> part) {
        return failure instanceof HandlerFailedException failed ? part.indexOf(failed.event()) : -1;
    }

    /** Tries the part in a transaction of its own; what has failed, or null when it is committed. */
    private @Nullable Throwable attempt(List<StoredEvent> part, Segment segment) {
        StoredEvent last = part.get(part.size() - 1);
        return inTransaction(() -> {
            storeToken(last.position(), segment);
            apply(part);
        });
    }

    private void park(StoredEvent event, Throwable failure, Segment segment) {
        SensitiveValues values = values(event);
        LOG.warn(
                "Component {} of {} failed on event {} at position {}; the event is parked, and later ones of aggregate {} wait behind it",
                version.handler().getSimpleName(),
                version.id(),
                event.name(),
                event.position(),
                event.aggregateId(),
                values.without(failure));
        transactions.executeInTransaction(() -> {
            storeToken(event.position(), segment);
            deadLetters.park(
                    version.id(),
                    List.of(new Letter(
                            event.aggregateId(), event, values.without(HandlerFailedException.describe(failure)))));
        });
    }

    /** What a component throws may hold anything of the event that it was given. */
    private SensitiveValues values(StoredEvent event) {
        try {
            return SensitiveValues.of(component.messages(event, horizon).stream()
                    .map(EventMessage::getPayload)
                    .toList());
        } catch (RuntimeException e) {
            return SensitiveValues.of(List.of()); // it was given none, and what says so is masked already
        }
    }

    private void storeToken(long position, Segment segment) {
        store.tokens()
                .storeToken(
                        new GlobalSequenceTrackingToken(position), version.id().toString(), segment.getSegmentId());
    }

    /**
     * Runs the work in a transaction and unit of work of its own; again at once, on another connection, where only the
     * connection has failed.
     *
     * @param work starts afresh each time
     * @return what is wrong with the events at hand, or null when all is committed
     * @throws RuntimeException when the failure says nothing about any event
     */
    private @Nullable Throwable inTransaction(Runnable work) {
        Throwable failure = inOneTransaction(work);
        for (int i = 1; i < CONNECTIONS && failure != null && PassingFailure.isOfConnection(failure); i++) {
            failure = inOneTransaction(work);
        }
        if (failure != null && PassingFailure.is(failure)) {
            throw new IllegalStateException(
                    "Events of '%s' cannot be applied now: %s; this is no fault of theirs, so they are tried again"
                            .formatted(version.id(), failure),
                    failure);
        }
        return failure;
    }

    private @Nullable Throwable inOneTransaction(Runnable work) {
        DefaultUnitOfWork<EventMessage<?>> unit = DefaultUnitOfWork.startAndGet(
                GenericEventMessage.asEventMessage(version.id().toString()));
        unit.attachTransaction(transactions);
        ResultMessage<?> result = unit.executeWithResult(
                () -> {
                    runConnected(work);
                    return null;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (!result.isExceptional()) {
            return null;
        }
        Throwable failure = result.exceptionResult();
        if (failure instanceof VirtualMachineError error) {
            throw error;
        }
        return failure;
    }

    /**
     * Runs the work and tells what it fails on from a connection that fails under it. What a component throws does not
     * always say so: one that reads by JPA may have been told that there is no such row.
     */
    private void runConnected(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!PassingFailure.is(e) && !isConnected()) {
                throw new ConnectionLostException(version.id(), e);
            }
            throw e;
        }
    }

    private boolean isConnected() {
        try {
            return Boolean.TRUE.equals(store.jdbc()
                    .execute((ConnectionCallback<Boolean>) connection -> connection.isValid(SECONDS_TO_ANSWER)));
        } catch (DataAccessException e) {
            return false;
        }
    }

    /**
     * Passes the parked events of the aggregate to the component again, in order, until one fails. Runs while live
     * processing goes on: it locks the version's tokens first, and a batch stores its token before it looks for letters.
     *
     * @return what came of it; empty when nothing of the aggregate is parked
     */
    Optional<RetryOutcome> retry(String home) {
        int applied = 0;
        int limit = Integer.MAX_VALUE;
        while (true) {
            Retried retried = retryFirst(home, limit);
            List<StoredEvent> taken = retried.taken();
            if (taken.isEmpty()) {
                return applied == 0 ? Optional.empty() : Optional.of(new RetryOutcome(applied, 0, null));
            }
            Throwable failure = retried.failure();
            if (failure == null) {
                applied += taken.size();
                limit = Integer.MAX_VALUE;
                continue;
            }
            int failed = indexOf(failure, taken);
            if (failed == 0 || taken.size() == 1) {
                String cause = values(taken.get(0)).without(HandlerFailedException.describe(failure));
                transactions.executeInTransaction(() ->
                        deadLetters.failedAgain(version.id(), home, taken.get(0).position(), cause));
                return Optional.of(new RetryOutcome(applied, retried.parked(), cause));
            }
            limit = failed > 0 ? failed : taken.size() / 2;
        }
    }

    /** The events that were tried at once, how many are parked with them, and what has failed. */
    private record Retried(List<StoredEvent> taken, int parked, @Nullable Throwable failure) {}

    private Retried retryFirst(String home, int limit) {
        List<StoredEvent> taken = new ArrayList<>();
        AtomicInteger parked = new AtomicInteger();
        Throwable failure = inTransaction(() -> {
            taken.clear();
            lockTokens();
            List<Parked> letters = deadLetters.lock(version.id(), home);
            parked.set(letters.size());
            letters.stream().limit(limit).map(Parked::event).forEach(taken::add);
            for (StoredEvent event : taken) {
                try {
                    component.handle(component.messages(event, horizon));
                } catch (VirtualMachineError e) {
                    throw e;
                } catch (Throwable e) {
                    throw new HandlerFailedException(event, e);
                }
            }
            if (!taken.isEmpty()) {
                deadLetters.remove(
                        version.id(), home, taken.get(taken.size() - 1).position());
            }
        });
        return new Retried(taken, parked.get(), failure);
    }

    private void lockTokens() {
        store.jdbc()
                .query(
                        "select segment from %s where processor_name = ? for update"
                                .formatted(store.table().tokens()),
                        result -> {},
                        version.id().toString());
    }
}
