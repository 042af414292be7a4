package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.sensitive.Sensitive;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A customer placed an order, still without lines.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param customerName name of the business on that day
 * @param contact person who placed the order
 * @param orderDate day of the order
 * @param requiredDate day on which the goods must be there
 * @param currency currency of all lines
 * @param comment what the customer asked for, or null
 */
@EventType(name = "order.placed", revision = 2)
public record OrderPlaced(
        String orderId,
        String customerId,
        String customerName,
        @Sensitive PersonName contact,
        LocalDate orderDate,
        LocalDate requiredDate,
        String currency,
        @Nullable String comment) {}
