package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** One consumer's way through the ordered stream: reads a page at a time, and only when there may be something new. */
final class OrderedEventStream implements BlockingStream<TrackedEventMessage<?>> {

    private final StreamFollower follower;
    private final int pageSize;
    private final @Nullable Set<String> names;
    private final Deque<TrackedEventMessage<?>> buffer = new ArrayDeque<>();
    private final Runnable listener = this::onNews;
    private final Semaphore news = new Semaphore(1);
    private volatile Runnable callback = () -> {};
    private volatile boolean closed;
    private long position;

    OrderedEventStream(StreamFollower follower, long after, int pageSize, @Nullable Set<String> names) {
        this.follower = follower;
        this.position = after;
        this.pageSize = pageSize;
        this.names = names;
        follower.follow(listener);
    }

    private void onNews() {
        news.release();
        callback.run();
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        fill();
        return Optional.ofNullable(buffer.peekFirst());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        fill();
        while (buffer.isEmpty() && !closed) {
            if (!news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            news.release();
            fill();
        }
        return !buffer.isEmpty();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(Integer.MAX_VALUE, TimeUnit.SECONDS)) {
            if (closed) {
                throw new IllegalStateException("The stream is closed; open another one");
            }
        }
        return buffer.removeFirst();
    }

    /** Reads on until there is something for the consumer or nothing new at all. */
    private void fill() {
        while (buffer.isEmpty() && !closed && news.tryAcquire()) {
            // Before the read: what becomes visible during it is announced once more.
            news.drainPermits();
            Page page;
            try {
                page = read();
            } catch (RuntimeException e) {
                news.release();
                throw e;
            }
            if (page.position() > position) {
                position = page.position();
                news.release();
            }
            page.events().forEach(event -> buffer.addLast(message(event)));
        }
    }

    private Page read() {
        return names == null
                ? follower.stream().read(position, pageSize)
                : follower.stream().read(position, pageSize, names);
    }

    private static TrackedEventMessage<?> message(StoredEvent event) {
        TrackingToken token = new GlobalSequenceTrackingToken(event.position());
        GenericEventMessage<StoredEvent> message =
                new GenericEventMessage<>(event.eventId(), event, MetaData.emptyInstance(), event.time());
        return event.aggregateType() == null
                ? new GenericTrackedEventMessage<>(token, message)
                : new GenericTrackedDomainEventMessage<>(
                        token, event.aggregateType(), event.aggregateId(), event.sequence(), message, event::time);
    }

    /** {@inheritDoc} The callback runs once in the caller's thread, and from then on in that of the follower. */
    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        this.callback = callback;
        callback.run();
        return true;
    }

    @Override
    public void close() {
        closed = true;
        follower.unfollow(listener);
        news.release();
    }
}
