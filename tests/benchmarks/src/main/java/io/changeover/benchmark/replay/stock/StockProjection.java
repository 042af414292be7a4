package io.changeover.benchmark.replay.stock;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.OrderStatus;
import java.time.Instant;
import java.util.function.Consumer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;

/** The board as most projections are written: find the row, change it, save it. */
@ProcessingGroup(StockProjection.PROCESSOR)
class StockProjection {

    static final String PROCESSOR = "stock-order-board";

    private final StockBoardRows rows;

    StockProjection(StockBoardRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(OrderPlaced event, @Timestamp Instant time) {
        rows.save(new StockBoardRow(event, time));
    }

    @EventHandler
    void on(OrderLineAdded event, @Timestamp Instant time) {
        change(event.orderId(), row -> row.add(event, time));
    }

    @EventHandler
    void on(OrderShipped event, @Timestamp Instant time) {
        change(event.orderId(), row -> row.ship(event.shippedOn(), time));
    }

    @EventHandler
    void on(OrderCancelled event, @Timestamp Instant time) {
        change(event.orderId(), row -> row.become(OrderStatus.CANCELLED, time));
    }

    @EventHandler
    void on(OrderPutOnHold event, @Timestamp Instant time) {
        change(event.orderId(), row -> row.become(OrderStatus.ON_HOLD, time));
    }

    @EventHandler
    void on(OrderDisputed event, @Timestamp Instant time) {
        change(event.orderId(), row -> row.become(OrderStatus.DISPUTED, time));
    }

    @EventHandler
    void on(OrderResolved event, @Timestamp Instant time) {
        change(event.orderId(), row -> row.become(OrderStatus.RESOLVED, time));
    }

    private void change(String orderId, Consumer<StockBoardRow> change) {
        StockBoardRow row = rows.findById(orderId).orElseThrow();
        change.accept(row);
        rows.save(row);
    }
}
