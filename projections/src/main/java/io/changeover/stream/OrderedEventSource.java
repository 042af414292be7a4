package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.time.Instant;
import java.util.Set;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The ordered stream as Axon's streaming processors take it, for view versions: the payload of each message is the
 * {@link StoredEvent} itself, neither upcast nor deserialised, under a {@link GlobalSequenceTrackingToken} that has its
 * position. Safe for use by several threads; each stream that it opens is for one consumer.
 *
 * <p>With event names, all other events stay in the database. As Axon's processors store the tokens of messages only,
 * a long stretch without a match does not move a stored token: after a restart it is looked through once more.
 */
public final class OrderedEventSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final StreamFollower follower;
    private final int pageSize;
    private final @Nullable Set<String> names;

    /**
     * A source of all events.
     *
     * @param follower says when there is news
     * @param pageSize greatest number of events held in memory for each open stream, at least 1
     */
    public OrderedEventSource(StreamFollower follower, int pageSize) {
        this(follower, pageSize, null);
    }

    /**
     * A source of the events with these names.
     *
     * @param follower says when there is news
     * @param pageSize greatest number of events held in memory for each open stream, at least 1
     * @param names event names that are wanted, or null for all
     */
    public OrderedEventSource(StreamFollower follower, int pageSize, @Nullable Set<String> names) {
        if (pageSize < 1) {
            throw new IllegalArgumentException(
                    "Page size %d must be at least 1; set a greater one".formatted(pageSize));
        }
        this.follower = follower;
        this.pageSize = pageSize;
        this.names = names == null ? null : Set.copyOf(names);
    }

    /**
     * Opens a stream after the token; also after one that Axon's own engine has made.
     *
     * @param trackingToken what has been handled, or null for nothing. A token with gaps means the position below its
     *     lowest gap: some events are handled again then
     * @throws IllegalArgumentException when the token says nothing about positions of this store
     */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
        return new OrderedEventStream(follower, Tokens.position(trackingToken), pageSize, names);
    }

    /** The token before every event; never null. */
    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    /** The horizon, which may lie below events that are visible already: a processor that starts here skips nothing. */
    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(follower.stream().horizon());
    }

    /** The token before every event of that time or later, but never above the horizon. */
    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return new GlobalSequenceTrackingToken(follower.stream().before(dateTime));
    }
}
