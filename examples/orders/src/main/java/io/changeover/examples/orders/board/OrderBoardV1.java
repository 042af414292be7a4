package io.changeover.examples.orders.board;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The first board, made for a screen: texts ready to show, the amount as a decimal number. */
@View(name = "order-board", version = 1)
class OrderBoardV1 {

    record Row(
            @Key String orderId,
            String customerId,
            String customer,
            @Sensitive String contact,
            @Indexed LocalDate orderDate,
            LocalDate requiredDate,
            @Nullable LocalDate shippedDate,
            @Indexed String status,
            BigDecimal amount,
            String currency) {

        Row withStatus(OrderStatus next) {
            return with(next, shippedDate, amount);
        }

        Row shipped(LocalDate on) {
            return with(OrderStatus.SHIPPED, on, amount);
        }

        Row plus(Money money) {
            return with(currentStatus(), shippedDate, amount.add(money.amount()));
        }

        OrderStatus currentStatus() {
            return OrderStatus.ofLabel(status).orElseThrow();
        }

        private Row with(OrderStatus next, @Nullable LocalDate shipped, BigDecimal sum) {
            return new Row(
                    orderId,
                    customerId,
                    customer,
                    contact,
                    orderDate,
                    requiredDate,
                    shipped,
                    next.label(),
                    sum,
                    currency);
        }
    }

    @Fold
    Row on(OrderPlaced event) {
        return new Row(
                event.orderId(),
                event.customerId(),
                event.customerName(),
                event.contact().display(),
                event.orderDate(),
                event.requiredDate(),
                null,
                OrderStatus.IN_PROCESS.label(),
                Money.zero(event.currency()).amount(),
                event.currency());
    }

    @Fold
    Row on(Row row, OrderLineAdded event) {
        return row.plus(event.lineTotal());
    }

    @Fold
    Row on(Row row, OrderShipped event) {
        return row.shipped(event.shippedOn());
    }

    @Fold
    Row on(Row row, OrderCancelled event) {
        return row.withStatus(OrderStatus.CANCELLED);
    }

    @Fold
    Row on(Row row, OrderPutOnHold event) {
        return row.withStatus(OrderStatus.ON_HOLD);
    }

    @Fold
    Row on(Row row, OrderDisputed event) {
        return row.withStatus(OrderStatus.DISPUTED);
    }

    @Fold
    Row on(Row row, OrderResolved event) {
        return row.withStatus(OrderStatus.RESOLVED);
    }

    @Canonical
    @CanonicalSql({
        "customerName = customer",
        "status = upper(replace(status, ' ', '_'))",
        "totalMinorUnits = case when currency = 'USD' and amount = round(amount, 2) then (amount * 100)::bigint end"
    })
    OrderBoardEntry entry(Row row) {
        return new OrderBoardEntry(
                row.orderId(),
                row.customerId(),
                row.customer(),
                row.contact(),
                row.orderDate(),
                row.requiredDate(),
                row.shippedDate(),
                row.currentStatus(),
                Money.of(row.amount(), row.currency()).minorUnits(),
                row.currency());
    }
}
