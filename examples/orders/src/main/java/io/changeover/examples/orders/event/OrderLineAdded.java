package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.Money;
import java.time.LocalDate;

/**
 * A line was added to an order.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param orderDate day of the order
 * @param lineNumber number of the line within the order, 1 or greater
 * @param productCode what was ordered
 * @param quantity how many, 1 or greater
 * @param unitPrice price of one
 */
@EventType(name = "order.line-added", revision = 2)
public record OrderLineAdded(
        String orderId,
        String customerId,
        LocalDate orderDate,
        int lineNumber,
        String productCode,
        int quantity,
        Money unitPrice) {

    /** What the line costs. */
    public Money lineTotal() {
        return unitPrice.times(quantity);
    }
}
