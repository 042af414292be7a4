package io.changeover.shadow;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when the time is up, and never after it was closed. */
final class Deadline implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final ScheduledFuture<?> alarm;
    private boolean closed;
    private boolean expired;

    Deadline(ScheduledExecutorService clock, Duration time) {
        this.alarm = clock.schedule(this::expire, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void expire() {
        if (!closed) {
            expired = true;
            thread.interrupt();
        }
    }

    synchronized boolean expired() {
        return expired;
    }

    @Override
    public synchronized void close() {
        closed = true;
        alarm.cancel(false);
        if (expired) {
            Thread.interrupted(); // what was meant for the call must not reach what the thread does next
        }
    }
}
