package io.changeover.benchmark.replay.contender;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.OrderStatus;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of {@code order-board@2} as a program holds it that does nothing else: one object, changed in place. */
final class BoardRow {

    /** The columns in order, without provenance. */
    static final String COLUMNS =
            """
            order_id, customer_id, customer_name, contact_given_name, contact_family_name, order_date, required_date, \
            shipped_date, status, line_count, piece_count, total_minor_units, currency, changed_at""";

    /** The columns with their types, in the same order. */
    static final String DEFINITION =
            """
            order_id text not null, customer_id text not null, customer_name text not null, \
            contact_given_name text not null, contact_family_name text not null, order_date date not null, \
            required_date date not null, shipped_date date, status text not null, line_count integer not null, \
            piece_count integer not null, total_minor_units bigint not null, currency text not null, \
            changed_at timestamptz not null""";

    final String orderId;
    String customerId = "";
    String customerName = "";
    String contactGivenName = "";
    String contactFamilyName = "";
    LocalDate orderDate = LocalDate.EPOCH;
    LocalDate requiredDate = LocalDate.EPOCH;

    @Nullable
    LocalDate shippedDate;

    /** Null until an event has said it. */
    @Nullable
    OrderStatus status;

    int lineCount;
    int pieceCount;
    long totalMinorUnits;
    String currency = "";
    Instant changedAt = Instant.EPOCH;

    BoardRow(String orderId) {
        this.orderId = orderId;
    }

    void place(OrderPlaced event) {
        customerId = event.customerId();
        customerName = event.customerName();
        contactGivenName = event.contact().givenName();
        contactFamilyName = event.contact().familyName();
        orderDate = event.orderDate();
        requiredDate = event.requiredDate();
        status = OrderStatus.IN_PROCESS;
        currency = event.currency();
    }

    /** The order that the event is about, or null where the board does not want it. */
    static @Nullable String orderOf(Object event) {
        if (event instanceof OrderLineAdded line) {
            return line.orderId();
        }
        if (event instanceof OrderPlaced placed) {
            return placed.orderId();
        }
        if (event instanceof OrderShipped shipped) {
            return shipped.orderId();
        }
        if (event instanceof OrderCancelled cancelled) {
            return cancelled.orderId();
        }
        if (event instanceof OrderPutOnHold held) {
            return held.orderId();
        }
        if (event instanceof OrderDisputed disputed) {
            return disputed.orderId();
        }
        return event instanceof OrderResolved resolved ? resolved.orderId() : null;
    }

    void apply(Object event) {
        if (event instanceof OrderLineAdded line) {
            lineCount++;
            pieceCount = Math.addExact(pieceCount, line.quantity());
            totalMinorUnits = Math.addExact(totalMinorUnits, line.lineTotal().minorUnits());
        } else if (event instanceof OrderShipped shipped) {
            status = OrderStatus.SHIPPED;
            shippedDate = shipped.shippedOn();
        } else if (event instanceof OrderCancelled) {
            status = OrderStatus.CANCELLED;
        } else if (event instanceof OrderPutOnHold) {
            status = OrderStatus.ON_HOLD;
        } else if (event instanceof OrderDisputed) {
            status = OrderStatus.DISPUTED;
        } else if (event instanceof OrderResolved) {
            status = OrderStatus.RESOLVED;
        }
    }
}
