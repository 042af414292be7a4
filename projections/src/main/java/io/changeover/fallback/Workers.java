package io.changeover.fallback;

import io.changeover.projection.DaemonThreads;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls on a bounded number of threads of its own, with what the caller's thread knows. A caller that comes when all
 * are at work waits for one, as it would for a connection. A call that is given up holds its thread until it ends, and no
 * other thread takes its place; when all are held so, nobody waits any more.
 */
final class Workers implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final int bound;
    private final ContextSnapshotFactory contexts =
            ContextSnapshotFactory.builder().build();
    private final ThreadPoolExecutor threads;

    /**
     * Counts calls and not threads: a thread that has just ended a call is not waiting for the next one yet, and would look
     * busy. So the queue is no longer than there are threads about to take from it.
     */
    private final Semaphore free;

    /** Calls that hold a worker and that nobody waits for. */
    private final AtomicInteger givenUp = new AtomicInteger();

    Workers(String name, int bound) {
        this.bound = bound;
        this.free = new Semaphore(bound);
        this.threads = new ThreadPoolExecutor(
                bound, bound, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins the call, or returns null when no worker gets free in time.
     *
     * @param longest nanoseconds to wait for one
     */
    @Nullable
    Work begin(Supplier<Attempted> call, long longest) throws InterruptedException {
        if (!free.tryAcquire() && (allGivenUp() || !free.tryAcquire(longest, TimeUnit.NANOSECONDS))) {
            return null;
        }
        boolean begun = false;
        try {
            ReaderContext reader = ReaderContext.current().orElse(null);
            ContextSnapshot context = contexts.captureAll();
            Held held = new Held(context.wrap(onBehalfOf(reader, call)));
            Work work = new Work(held);
            threads.execute(() -> {
                work.run();
                held.end();
            });
            begun = true;
            return work;
        } catch (RejectedExecutionException e) { // the node is being stopped
            return null;
        } finally {
            if (!begun) {
                free.release();
            }
        }
    }

    private boolean allGivenUp() {
        return givenUp.get() >= bound;
    }

    /** A call that was begun. */
    static final class Work extends FutureTask<Attempted> {

        private final Held held;

        private Work(Held held) {
            super(held);
            this.held = held;
        }

        /** The caller does not wait any more. */
        void giveUp() {
            held.giveUp();
        }
    }

    /** A call that holds a worker. It lets go of it before its caller hears of the end, who may call again at once. */
    private final class Held implements Callable<Attempted> {

        private final Callable<Attempted> call;
        private boolean over;
        private boolean abandoned;

        Held(Callable<Attempted> call) {
            this.call = call;
        }

        @Override
        public Attempted call() throws Exception {
            try {
                return call.call();
            } finally {
                end();
            }
        }

        /** Once; also for a call that was given up before it began, by the thread that would have made it. */
        synchronized void end() {
            if (!over) {
                over = true;
                if (abandoned) {
                    givenUp.decrementAndGet();
                }
                free.release();
            }
        }

        synchronized void giveUp() {
            if (!over && !abandoned) {
                abandoned = true;
                givenUp.incrementAndGet();
            }
        }
    }

    /** Contexts of readers belong to one thread, and a call that was given up must not write into the caller's. */
    private static Callable<Attempted> onBehalfOf(@Nullable ReaderContext context, Supplier<Attempted> call) {
        if (context == null) {
            return call::get;
        }
        Reader reader = context.reader().countedAs(context.identity());
        return () -> ReaderContext.callAs(reader, call);
    }

    int bound() {
        return bound;
    }

    /** Calls that have not ended. */
    int working() {
        return bound - free.availablePermits();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
