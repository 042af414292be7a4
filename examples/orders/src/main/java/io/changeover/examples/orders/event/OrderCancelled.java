package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An order was cancelled; goods that were on their way come back.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param cancelledOn day of the cancellation
 * @param orderTotal what the customer no longer owes: the sum of all lines
 * @param comment why, or null
 */
@EventType(name = "order.cancelled")
public record OrderCancelled(
        String orderId, String customerId, LocalDate cancelledOn, Money orderTotal, @Nullable String comment) {}
