package io.changeover.stream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one thread wait until something happens that any other thread may tell of. It is let go at once after a quiet
 * time, and when much happens only so often: what is told of meanwhile is told once, together. So one event after a
 * pause does not wait, and of hundreds in a second each costs a share of a look and not one of its own.
 *
 * <p>Safe for use by several threads that tell and one that waits.
 */
public final class News {

    /** Shortest time between two looks at the store: of 500 commits a second, two or three are seen by the same one. */
    public static final Duration APART = Duration.ofMillis(5);

    private final Semaphore told = new Semaphore(0);
    private final long apartNanos;
    private long lastNanos;

    /** @param apart shortest time from one return of {@link #await} to the next that something was told; 0 for none */
    public News(Duration apart) {
        this.apartNanos = apart.toNanos();
        this.lastNanos = System.nanoTime() - apartNanos;
    }

    /** Says that something has happened. Cheap; from any thread. */
    public void tell() {
        told.release();
    }

    /**
     * Waits until something was told since the last return, or for as long as the limit.
     *
     * @param limit longest time to wait for it; what was told just before it may take the time apart in addition
     * @return whether something was told
     * @throws InterruptedException when this thread is interrupted; what was told stays told
     */
    public boolean await(Duration limit) throws InterruptedException {
        if (!told.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            lastNanos = System.nanoTime();
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(lastNanos + apartNanos - System.nanoTime());
        } catch (InterruptedException e) {
            told.release();
            throw e;
        }
        // Before the look that follows: what happens during it is told once more.
        told.drainPermits();
        lastNanos = System.nanoTime();
        return true;
    }
}
