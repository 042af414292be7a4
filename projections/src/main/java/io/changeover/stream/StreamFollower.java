package io.changeover.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the horizon for all open streams of a node with one thread and one question at a time, at once when
 * something of this node was committed and else at an interval, for what other nodes commit.
 */
public final class StreamFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamFollower.class);

    private final OrderedStream stream;
    private final Duration interval;
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final News news = new News(News.APART);
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * A follower that begins its work when the first stream is opened.
     *
     * @param stream what to watch
     * @param interval longest time until an event of another node is noticed; at least a millisecond
     */
    public StreamFollower(OrderedStream stream, Duration interval) {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Poll interval %s must be at least 1 ms; set a longer one".formatted(interval));
        }
        this.stream = stream;
        this.interval = interval;
    }

    OrderedStream stream() {
        return stream;
    }

    /** Says that something was committed just now. Cheap; to be called after the commit, from any thread. */
    public void wake() {
        news.tell();
    }

    /** From now on the listener is called after each advance of the horizon, on the follower's thread. */
    synchronized void follow(Runnable listener) {
        if (closed) {
            throw new IllegalStateException("The follower is closed; open streams before the application stops");
        }
        listeners.add(listener);
        if (thread == null) {
            thread = new Thread(this::run, "changeover-follower");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void unfollow(Runnable listener) {
        listeners.remove(listener);
    }

    /** Ends the thread. Streams that are still open stay readable but are not told of news any more. */
    @Override
    public void close() {
        closed = true;
        news.tell();
    }

    private void run() {
        long known = -1;
        boolean failing = false;
        while (!closed) {
            try {
                var unused = news.await(interval);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (closed || listeners.isEmpty()) {
                continue;
            }
            try {
                long horizon = stream.horizon();
                if (horizon != known) {
                    known = horizon;
                    listeners.forEach(Runnable::run);
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    log.warn("The event store cannot be followed; trying again every {} ms", interval.toMillis(), e);
                }
                failing = true;
            }
        }
    }
}
