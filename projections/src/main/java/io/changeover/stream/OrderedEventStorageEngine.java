package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.jspecify.annotations.Nullable;

/**
 * Axon's JDBC engine for appending and for aggregates, with tracked reads through the {@link OrderedStream}: for
 * ordinary Axon processors, which then skip nothing either.
 *
 * <p>Tokens stay Axon's {@link GapAwareTrackingToken}, only that they never have gaps: a processor compares the tokens
 * of events with the one it has stored, and Axon's refuse tokens of another class. So a processor goes on where Axon's
 * own engine left it, and back again. A stored token with gaps means the position below its lowest gap; the events
 * above that gap which the processor had handled are handled again.
 */
public final class OrderedEventStorageEngine extends JdbcEventStorageEngine {

    // Axon's default looks for an exception class that PostgreSQL's driver never throws, so that two writers of one
    // aggregate would meet a plain storage error in place of the conflict that a command may be retried for.
    private static final SQLStateResolver CONFLICTS = new SQLStateResolver("23505");

    private final OrderedStream stream;

    /**
     * An engine on the table of the stream.
     *
     * @param stream where tracked reads go
     * @param settings what else Axon's engine needs: connections, transactions, serializers, upcasters; a schema set
     *     here is replaced by that of the stream's table
     */
    public OrderedEventStorageEngine(OrderedStream stream, UnaryOperator<Builder> settings) {
        super(settings.apply(builder().persistenceExceptionResolver(CONFLICTS))
                .schema(stream.table().eventSchema()));
        this.stream = stream;
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken lastToken, int batchSize) {
        return stream.read(Tokens.position(lastToken), batchSize).events().stream()
                .map(OrderedEventStorageEngine::tracked)
                .collect(Collectors.toList());
    }

    private static TrackedEventData<?> tracked(StoredEvent event) {
        return new TrackedDomainEventData<>(token(event.position()), new AxonEventData(event));
    }

    private static TrackingToken token(long position) {
        return GapAwareTrackingToken.newInstance(position, Set.of());
    }

    /** The token before every event; never null. */
    @Override
    public TrackingToken createTailToken() {
        return token(0);
    }

    /** The horizon, which may lie below events that are visible already: a processor that starts here skips nothing. */
    @Override
    public TrackingToken createHeadToken() {
        return token(stream.horizon());
    }

    /** The token before every event of that time or later, but never above the horizon. */
    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return token(stream.before(dateTime));
    }
}
