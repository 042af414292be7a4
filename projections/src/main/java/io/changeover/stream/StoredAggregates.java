package io.changeover.stream;

import io.changeover.event.StoredEvent;
import io.changeover.upcast.AggregateHistory;
import java.util.List;
import javax.sql.DataSource;

/**
 * The events of aggregates, for steps that need more than the event itself. Sees what is committed: an event that the
 * ordered stream has given is never there without those before it, but events that a surrounding transaction has
 * appended are not.
 */
public final class StoredAggregates implements AggregateHistory {

    private final EventRows rows;

    /**
     * Aggregates in the table. Does not touch the database yet.
     *
     * @param dataSource source of connections outside any transaction
     * @param table where the events lie
     */
    public StoredAggregates(DataSource dataSource, EventTable table) {
        this.rows = new EventRows(dataSource, table);
    }

    /**
     * @throws org.axonframework.eventsourcing.eventstore.EventStoreException when the database cannot be read; the same
     *     call can be made again
     */
    @Override
    public List<StoredEvent> before(String aggregateType, String aggregateId, long sequence) {
        return rows.ofAggregate(aggregateType, aggregateId, sequence);
    }
}
