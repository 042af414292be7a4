package io.changeover.upcast;

import io.changeover.event.StoredEvent;
import java.util.List;

/** Where a step that needs context finds the earlier events of an aggregate. Safe for use by several threads. */
@FunctionalInterface
public interface AggregateHistory {

    /**
     * The events of the same aggregate that were stored before this one, as stored, in their order.
     *
     * @param aggregateType type of the aggregate as stored
     * @param aggregateId identifier of the aggregate
     * @param sequence number of the event within its aggregate; only events with a lower one are wanted
     */
    List<StoredEvent> before(String aggregateType, String aggregateId, long sequence);
}
