package io.changeover.benchmark.replay.contender;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/** Collects the events of a unit of work, which is a whole batch, and folds and writes them when it commits. */
final class TunedProjection {

    private final JdbcTemplate jdbc;
    private final String table;

    TunedProjection(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    @EventHandler
    void on(OrderPlaced event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    @EventHandler
    void on(OrderLineAdded event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    @EventHandler
    void on(OrderShipped event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    @EventHandler
    void on(OrderCancelled event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    @EventHandler
    void on(OrderPutOnHold event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    @EventHandler
    void on(OrderDisputed event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    @EventHandler
    void on(OrderResolved event, @Timestamp Instant time, UnitOfWork<?> work) {
        add(event, time, work);
    }

    private void add(Object event, Instant time, UnitOfWork<?> work) {
        work.getOrComputeResource(TunedProjection.class.getName(), key -> {
                    TunedBatch batch = new TunedBatch(jdbc, table);
                    work.onPrepareCommit(committing -> batch.write());
                    return batch;
                })
                .add(event, time);
    }
}
