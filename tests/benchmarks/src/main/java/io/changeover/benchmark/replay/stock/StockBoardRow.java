package io.changeover.benchmark.replay.stock;

import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.model.OrderStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.NullUnmarked;

/** A row of the board as an entity. */
@Entity
@Table(schema = "benchmark", name = "stock_axon_board")
@NullUnmarked // filled by Hibernate
@SuppressWarnings("UnusedVariable") // and read by it
class StockBoardRow {

    @Id
    private String orderId;

    private String customerId;
    private String customerName;
    private String contactGivenName;
    private String contactFamilyName;
    private LocalDate orderDate;
    private LocalDate requiredDate;
    private LocalDate shippedDate;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private int lineCount;
    private int pieceCount;
    private long totalMinorUnits;
    private String currency;
    private Instant changedAt;

    /** For Hibernate. */
    protected StockBoardRow() {}

    StockBoardRow(OrderPlaced event, Instant time) {
        orderId = event.orderId();
        customerId = event.customerId();
        customerName = event.customerName();
        contactGivenName = event.contact().givenName();
        contactFamilyName = event.contact().familyName();
        orderDate = event.orderDate();
        requiredDate = event.requiredDate();
        status = OrderStatus.IN_PROCESS;
        currency = event.currency();
        changedAt = time;
    }

    void add(OrderLineAdded event, Instant time) {
        lineCount++;
        pieceCount = Math.addExact(pieceCount, event.quantity());
        totalMinorUnits = Math.addExact(totalMinorUnits, event.lineTotal().minorUnits());
        changedAt = time;
    }

    void become(OrderStatus next, Instant time) {
        status = next;
        changedAt = time;
    }

    void ship(LocalDate on, Instant time) {
        shippedDate = on;
        become(OrderStatus.SHIPPED, time);
    }
}
