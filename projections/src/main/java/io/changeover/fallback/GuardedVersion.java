package io.changeover.fallback;

import io.changeover.serving.Guard;
import io.changeover.serving.ReadCall;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The new version of one changeover, asked with care. Safe for use by several threads. */
final class GuardedVersion implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedVersion.class);

    /** The library counts in milliseconds and would take anything shorter for no time at all. */
    private static final Duration SHORTEST_LIMIT = Duration.ofMillis(1);

    private static final long WORTH_COUNTING = SHORTEST_LIMIT.toNanos();

    private final Changing changing;
    private final Duration timeLimit;
    private final Clock clock;
    private final @Nullable DataSource database;
    private final Breaker breaker;
    private final TimeLimiter limiter;
    private final Workers workers;
    private final CallCounts counts = new CallCounts();
    private final AnswerTimes times = new AnswerTimes();
    private final LastFailures failures = new LastFailures();
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param timeLimit longest time that the version may take; zero for no limit
     * @param database where transactions of callers are, or null where there is none
     */
    GuardedVersion(
            Changing changing,
            FallbackOptions options,
            Duration timeLimit,
            Clock clock,
            @Nullable DataSource database) {
        this.changing = changing;
        this.timeLimit = !timeLimit.isZero() && timeLimit.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : timeLimit;
        this.clock = clock;
        this.database = database;
        this.breaker = new Breaker(changing, options, timeLimit, clock);
        this.limiter = TimeLimiter.of(
                changing.id().toString(),
                TimeLimiterConfig.custom().timeoutDuration(this.timeLimit).build());
        this.workers = new Workers("changeover-guard-" + changing.id(), options.workers());
    }

    Guard.Answer ask(ReadCall call, int fallback) throws Throwable {
        if (!breaker.permits()) {
            return instead(call, fallback, Outcome.SHED, "is spared");
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return withinTransaction(call, fallback);
        }
        return timeLimit.isZero() ? onThisThread(call, fallback) : onWorker(call, fallback);
    }

    private Guard.Answer onThisThread(ReadCall call, int fallback) throws Throwable {
        long begin = System.nanoTime();
        Object value;
        try {
            value = call.at(changing.version());
        } catch (Throwable e) { // judged, and thrown again where it is none of the version's
            return failed(call, fallback, System.nanoTime() - begin, e);
        }
        return answered(value, System.nanoTime() - begin);
    }

    /** On the caller's thread, as another would not see what the transaction has written, and could want its locks. */
    private Guard.Answer withinTransaction(ReadCall call, int fallback) throws Throwable {
        long begin = System.nanoTime();
        Savepoint savepoint = Savepoint.set(database);
        Attempted attempted = Attempted.at(call, changing.version());
        Throwable failure = attempted.failure();
        if (savepoint != null) {
            if (failure == null) {
                savepoint.release();
            } else {
                savepoint.undo();
            }
        }
        long nanos = System.nanoTime() - begin;
        return failure == null ? answered(attempted.value(), nanos) : failed(call, fallback, nanos, failure);
    }

    private Guard.Answer onWorker(ReadCall call, int fallback) throws Throwable {
        long begin = System.nanoTime();
        Workers.Work work = null;
        Attempted attempted;
        try {
            work = workers.begin(() -> Attempted.at(call, changing.version()), timeLimit.toNanos());
            if (work == null) {
                breaker.giveBack();
                return instead(call, fallback, Outcome.BUSY, "has no free worker");
            }
            attempted = wait(work, System.nanoTime() - begin);
        } catch (TimeoutException e) {
            if (work != null) {
                work.giveUp();
            }
            return failed(call, fallback, Outcome.TIMED_OUT, System.nanoTime() - begin, e);
        } catch (InterruptedException e) {
            if (work != null) {
                work.giveUp();
                work.cancel(true);
            }
            Thread.currentThread().interrupt();
            breaker.giveBack();
            return instead(call, fallback, Outcome.INTERRUPTED, "was not waited for");
        } catch (Exception e) {
            attempted = new Attempted(null, e); // what is propagated between threads could not be
        }
        long nanos = System.nanoTime() - begin;
        Throwable failure = attempted.failure();
        return failure == null ? answered(attempted.value(), nanos) : failed(call, fallback, nanos, failure);
    }

    /** What a reader has waited for a worker is part of what it waits at most. */
    private Attempted wait(Workers.Work work, long waited) throws Exception {
        if (waited < WORTH_COUNTING) {
            return limiter.executeFutureSupplier(() -> work);
        }
        Duration rest = timeLimit.minusNanos(waited);
        return TimeLimiter.of(rest.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : rest)
                .executeFutureSupplier(() -> work);
    }

    private Guard.Answer answered(@Nullable Object value, long nanos) {
        breaker.answered(nanos);
        times.record(nanos);
        counts.count(Outcome.ANSWERED);
        return new Guard.Answer(value, changing.version());
    }

    private Guard.Answer failed(ReadCall call, int fallback, long nanos, Throwable failure) throws Throwable {
        if (failure instanceof Error && !(failure instanceof LinkageError)) {
            // The process may be at its end, or an assertion wants to be seen. A class that does not link is only a
            // defect of the version.
            blame(call, Outcome.FAILED, nanos, failure);
            throw failure;
        }
        return failed(call, fallback, Outcome.FAILED, nanos, failure);
    }

    private Guard.Answer failed(ReadCall call, int fallback, Outcome outcome, long nanos, Throwable failure)
            throws Throwable {
        Object value;
        try {
            value = call.at(fallback);
        } catch (Throwable e) {
            breaker.giveBack();
            counts.count(Outcome.REFUSED_BY_BOTH);
            throw e;
        }
        blame(call, outcome, nanos, failure);
        return new Guard.Answer(value, fallback);
    }

    private void blame(ReadCall call, Outcome outcome, long nanos, Throwable failure) {
        counts.count(outcome);
        FallbackFailure kept = FallbackFailure.of(clock.instant(), call.method().getName(), outcome, failure);
        failures.add(kept);
        tell(outcome == Outcome.TIMED_OUT ? "took longer than " + timeLimit : "threw " + kept.kind());
        breaker.failed(nanos, failure);
    }

    private Guard.Answer instead(ReadCall call, int fallback, Outcome outcome, String why) throws Throwable {
        counts.count(outcome);
        tell(why);
        return new Guard.Answer(call.at(fallback), fallback);
    }

    /** Once, as a version that fails would fill the log. */
    private void tell(String why) {
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "{} {}, so the old version has answered a reader; from here on such calls are counted and not logged. 'changeover fallbacks {}' shows them and what is left of the error budget, 'changeover rollback {}' sends all readers back",
                    changing.id(),
                    why,
                    changing.view(),
                    changing.view());
        }
    }

    Changing changing() {
        return changing;
    }

    Duration timeLimit() {
        return timeLimit;
    }

    String breaker() {
        return breaker.state();
    }

    int workers() {
        return workers.bound();
    }

    int working() {
        return workers.working();
    }

    /** What was counted on this node since it was started. */
    FallbackCounts counted() {
        return counts.now();
    }

    @Nullable
    FallbackLatency latency() {
        return times.now();
    }

    List<FallbackFailure> failures() {
        return failures.all();
    }

    @Override
    public void close() {
        workers.close();
    }
}
