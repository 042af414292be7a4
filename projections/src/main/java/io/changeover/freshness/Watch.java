package io.changeover.freshness;

import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one version for all readers that want to know about it, one look at a time: however many wait, the database is
 * asked once. Nobody looks while nobody wants to know.
 */
final class Watch {

    private final VersionId version;
    private final Supplier<Look> source;
    private final Executor executor;
    private final long pauseNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanting = lock.newCondition();
    private final Condition looked = lock.newCondition();

    // Numbers of looks: the latest that was begun, the latest that has ended, and the latest that is wanted at once.
    private long begun;
    private long ended;
    private long wanted;
    private int waiting;
    private boolean running;
    private @Nullable Look last;
    private @Nullable Throwable failure;
    private volatile long claim;

    Watch(VersionId version, Supplier<Look> source, Executor executor, Duration pause) {
        this.version = version;
        this.source = source;
        this.executor = executor;
        this.pauseNanos = pause.toNanos();
    }

    VersionId version() {
        return version;
    }

    /**
     * Position up to which the version answers as far as is known. It may have been taken away since: the look after an
     * answer is what lets the answer count.
     */
    long claim() {
        return claim;
    }

    /** The latest look there is, or null before the first. */
    @Nullable
    Look last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** A look that begins from now on, as soon as one can; null when there was none by the deadline. */
    @Nullable
    Look next(long deadline) throws InterruptedException {
        return await(deadline, true);
    }

    /** The next look after the usual pause; null when there was none by the deadline. */
    @Nullable
    Look later(long deadline) throws InterruptedException {
        return await(deadline, false);
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Look await(long deadline, boolean atOnce) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long mine = begun + 1;
            if (atOnce) {
                wanted = Math.max(wanted, mine);
                wanting.signal();
            }
            waiting++;
            try {
                if (!running) {
                    executor.execute(this::lookWhileWanted);
                    running = true;
                }
                while (ended < mine) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return null;
                    }
                    looked.awaitNanos(left);
                }
            } finally {
                waiting--;
            }
            if (failure != null) {
                throw new IllegalStateException(
                        "How far version '%s' has come cannot be read: %s; check the database, then try again"
                                .formatted(version, failure.getMessage()),
                        failure);
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private void lookWhileWanted() {
        while (begin()) {
            Look look = null;
            Throwable thrown = null;
            try {
                look = source.get();
            } catch (RuntimeException | Error e) {
                thrown = e; // an error too, or whoever waits would wait for a thread that has ended
            }
            end(look, thrown);
        }
    }

    /** Whether to look once more, after a pause unless somebody cannot wait. */
    private boolean begin() {
        lock.lock();
        try {
            long left = pauseNanos;
            while (waiting > 0 && wanted <= begun && left > 0) {
                left = wanting.awaitNanos(left);
            }
            if (waiting == 0) {
                running = false;
                return false;
            }
            begun++;
            return true;
        } catch (InterruptedException e) {
            running = false; // the application stops
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Look look, @Nullable Throwable thrown) {
        lock.lock();
        try {
            ended = begun;
            failure = thrown;
            if (look != null) {
                last = look;
                claim = look.claim();
            }
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
