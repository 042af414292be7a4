package io.changeover.examples.orders.board;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The second board, made for programs: names apart, a closed set of states, minor units, counts, the last change. */
@View(name = "order-board", version = 2)
class OrderBoardV2 {

    record Row(
            @Key String orderId,
            @Indexed String customerId,
            String customerName,
            @Sensitive String contactGivenName,
            @Sensitive String contactFamilyName,
            @Indexed LocalDate orderDate,
            LocalDate requiredDate,
            @Nullable LocalDate shippedDate,
            @Indexed OrderStatus status,
            int lineCount,
            int pieceCount,
            long totalMinorUnits,
            String currency,
            Instant changedAt) {

        Row withStatus(OrderStatus next, EventInfo info) {
            return with(next, shippedDate, info);
        }

        Row shipped(LocalDate on, EventInfo info) {
            return with(OrderStatus.SHIPPED, on, info);
        }

        Row plus(OrderLineAdded line, EventInfo info) {
            return new Row(
                    orderId,
                    customerId,
                    customerName,
                    contactGivenName,
                    contactFamilyName,
                    orderDate,
                    requiredDate,
                    shippedDate,
                    status,
                    lineCount + 1,
                    Math.addExact(pieceCount, line.quantity()),
                    Math.addExact(totalMinorUnits, line.lineTotal().minorUnits()),
                    currency,
                    info.time());
        }

        private Row with(OrderStatus next, @Nullable LocalDate shipped, EventInfo info) {
            return new Row(
                    orderId,
                    customerId,
                    customerName,
                    contactGivenName,
                    contactFamilyName,
                    orderDate,
                    requiredDate,
                    shipped,
                    next,
                    lineCount,
                    pieceCount,
                    totalMinorUnits,
                    currency,
                    info.time());
        }
    }

    @Fold
    Row on(OrderPlaced event, EventInfo info) {
        return new Row(
                event.orderId(),
                event.customerId(),
                event.customerName(),
                event.contact().givenName(),
                event.contact().familyName(),
                event.orderDate(),
                event.requiredDate(),
                null,
                OrderStatus.IN_PROCESS,
                0,
                0,
                0,
                event.currency(),
                info.time());
    }

    @Fold
    Row on(Row row, OrderLineAdded event, EventInfo info) {
        return row.plus(event, info);
    }

    @Fold
    Row on(Row row, OrderShipped event, EventInfo info) {
        return row.shipped(event.shippedOn(), info);
    }

    @Fold
    Row on(Row row, OrderCancelled event, EventInfo info) {
        return row.withStatus(OrderStatus.CANCELLED, info);
    }

    @Fold
    Row on(Row row, OrderPutOnHold event, EventInfo info) {
        return row.withStatus(OrderStatus.ON_HOLD, info);
    }

    @Fold
    Row on(Row row, OrderDisputed event, EventInfo info) {
        return row.withStatus(OrderStatus.DISPUTED, info);
    }

    @Fold
    Row on(Row row, OrderResolved event, EventInfo info) {
        return row.withStatus(OrderStatus.RESOLVED, info);
    }

    @Canonical
    @CanonicalSql("contact = btrim(contact_given_name || ' ' || contact_family_name, E' \\t\\n\\r\\f\\v')")
    OrderBoardEntry entry(Row row) {
        return new OrderBoardEntry(
                row.orderId(),
                row.customerId(),
                row.customerName(),
                new PersonName(row.contactGivenName(), row.contactFamilyName()).display(),
                row.orderDate(),
                row.requiredDate(),
                row.shippedDate(),
                row.status(),
                row.totalMinorUnits(),
                row.currency());
    }
}
