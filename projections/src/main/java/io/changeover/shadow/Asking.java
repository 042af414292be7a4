package io.changeover.shadow;

import io.changeover.projection.ProjectionStore;
import io.changeover.serving.ReaderContext;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks versions in transactions that see one instant, cannot write and are always rolled back, and for no longer than may
 * be. What does its reading outside of the application's transactions is bound by none of that but the interrupt.
 */
final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final ProjectionStore store;
    private final ScheduledExecutorService clock;
    private final Duration timeout;
    private final PlatformTransactionManager transactions;

    /** @param clock says when the time is up */
    Asking(ProjectionStore store, ScheduledExecutorService clock, Duration timeout) {
        this.store = store;
        this.clock = clock;
        this.timeout = timeout;
        this.transactions = Objects.requireNonNull(store.transactions().getTransactionManager());
    }

    /**
     * Runs the work in such a transaction.
     *
     * @param calls number of calls that it makes, each of which may take the whole time
     * @throws org.springframework.dao.DataAccessException when the database fails
     * @throws TransactionException when no transaction can be had
     */
    <T> T apart(int calls, Function<TransactionStatus, T> work) {
        TransactionTemplate template = new TransactionTemplate(transactions);
        template.setReadOnly(true);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        template.setTimeout(seconds(timeout.multipliedBy(calls)));
        List<T> done = new ArrayList<>(1);
        try {
            template.executeWithoutResult(status -> {
                status.setRollbackOnly();
                bound();
                done.add(work.apply(status));
            });
        } catch (TransactionException | DataAccessException e) {
            // A session that the database has ended cannot be rolled back; what was found before holds all the same.
            if (done.isEmpty()) {
                throw e;
            }
        }
        return done.get(0);
    }

    /** Has the database hold to it too, whatever the manager makes of its settings and whoever makes the statements. */
    private void bound() {
        store.jdbc().execute("set transaction isolation level repeatable read, read only");
        store.jdbc()
                .query(
                        "select set_config('statement_timeout', ?, true), set_config('idle_in_transaction_session_timeout', ?, true)",
                        result -> {},
                        Long.toString(Math.max(1, timeout.toMillis())),
                        // Later than the interrupt, which ends a call without ending its session.
                        Long.toString(timeout.plusSeconds(1).toMillis()));
    }

    private static int seconds(Duration duration) {
        return (int)
                Math.min(Integer.MAX_VALUE, Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    /** Asks a version on behalf of the reader of the sample. */
    @SuppressWarnings("Interruption") // whatever a version throws is an answer of its own, an interrupt among them
    Asked ask(Sample sample, VersionId version) {
        long begin = System.nanoTime();
        try (Deadline deadline = new Deadline(clock, timeout)) {
            @Nullable Object answer = null;
            @Nullable Throwable failure = null;
            try {
                answer = called(sample, version);
            } catch (OutOfMemoryError e) {
                throw e; // of the process, not of this version
            } catch (Throwable e) {
                LOG.debug("Version {}, asked as a shadow or beside one, failed", version, e);
                failure = e;
            }
            long nanos = System.nanoTime() - begin;
            boolean slow = deadline.expired() || (failure != null && Failure.isTimeout(failure));
            return new Asked(answer, failure, slow, nanos);
        }
    }

    private static @Nullable Object called(Sample sample, VersionId version) throws Throwable {
        if (sample.reader() == null) {
            return sample.call().at(version.version());
        }
        // What it has seen was for the version that answered; here both are compared wherever they are.
        @Nullable Object[] answer = new Object[1];
        @Nullable Throwable[] failure = new Throwable[1];
        ReaderContext.callAs(sample.reader().after(null, null), () -> {
            try {
                answer[0] = sample.call().at(version.version());
            } catch (Throwable e) {
                failure[0] = e;
            }
            return true;
        });
        Throwable thrown = failure[0];
        if (thrown != null) {
            throw thrown;
        }
        return answer[0];
    }
}
