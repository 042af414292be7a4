package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An order has to wait before it may be shipped.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param heldOn first day of waiting
 * @param comment what it waits for, or null
 */
@EventType(name = "order.put-on-hold")
public record OrderPutOnHold(String orderId, String customerId, LocalDate heldOn, @Nullable String comment) {}
