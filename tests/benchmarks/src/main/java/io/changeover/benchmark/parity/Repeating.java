package io.changeover.benchmark.parity;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Some work one after the other in a thread of its own, once at least and until it is closed. */
final class Repeating implements AutoCloseable {

    private static final long STEP_MILLIS = 50;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long cpuNanos;
    private volatile long times;
    private volatile long sum;

    /**
     * Begins at once.
     *
     * @param work gives a number that is added up
     * @param pause milliseconds from the end of one to the start of the next
     */
    Repeating(String name, long pause, LongSupplier work) {
        thread = new Thread(() -> repeat(pause, work), name);
        thread.start();
    }

    private void repeat(long pause, LongSupplier work) {
        try {
            do {
                long result = work.getAsLong();
                sum = sum + result; // this thread alone writes
                times = times + 1;
                cpuNanos = CpuClock.ofThisThread();
                for (long left = pause; left > 0 && !stopped; left -= STEP_MILLIS) {
                    Thread.sleep(Math.min(left, STEP_MILLIS));
                }
            } while (!stopped);
            end.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.completeExceptionally(e);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    /** How often the work was done. */
    long times() {
        return times;
    }

    /** What the work gave, added up. */
    long sum() {
        return sum;
    }

    /** CPU time of the thread up to the end of its last work. */
    long cpuNanos() {
        return cpuNanos;
    }

    /** Lets it finish what it is at; fails when it has failed. */
    @Override
    public void close() {
        stopped = true;
        end.join();
    }
}
