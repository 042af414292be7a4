package io.changeover.examples.orders.sales;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Sales folded from events. What happens to an order happens to each of its lines: those folds name only the home. */
@View(name = "sales-fact", version = 2)
class SalesFactV2 {

    record Row(
            @Key String orderId,
            @Key int lineNumber,
            String customerId,
            @Indexed String productCode,
            int quantity,
            long unitPriceMinorUnits,
            long totalMinorUnits,
            String currency,
            LocalDate orderDate,
            @Nullable LocalDate shippedDate,
            OrderStatus status) {

        Row withStatus(OrderStatus next) {
            return with(next, shippedDate);
        }

        Row shipped(LocalDate on) {
            return with(OrderStatus.SHIPPED, on);
        }

        private Row with(OrderStatus next, @Nullable LocalDate shipped) {
            return new Row(
                    orderId,
                    lineNumber,
                    customerId,
                    productCode,
                    quantity,
                    unitPriceMinorUnits,
                    totalMinorUnits,
                    currency,
                    orderDate,
                    shipped,
                    next);
        }
    }

    @Fold
    Row on(OrderLineAdded event) {
        return new Row(
                event.orderId(),
                event.lineNumber(),
                event.customerId(),
                event.productCode(),
                event.quantity(),
                event.unitPrice().minorUnits(),
                event.lineTotal().minorUnits(),
                event.unitPrice().currency(),
                event.orderDate(),
                null,
                OrderStatus.IN_PROCESS);
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
    @CanonicalSql(
            "unitPriceInUnits = case when currency = 'USD' and unit_price_minor_units >= 0 then round(unit_price_minor_units / 100.0)::bigint end")
    SalesFactEntry entry(Row row) {
        return new SalesFactEntry(
                row.orderId(),
                row.lineNumber(),
                row.customerId(),
                row.productCode(),
                row.quantity(),
                new Money(row.unitPriceMinorUnits(), row.currency())
                        .amount()
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact(),
                row.totalMinorUnits(),
                row.orderDate(),
                row.shippedDate(),
                row.status());
    }
}
