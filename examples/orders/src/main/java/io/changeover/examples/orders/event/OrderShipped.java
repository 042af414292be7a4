package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The goods left the warehouse.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param shippedOn day on which they left
 * @param comment what the warehouse noted, or null
 */
@EventType(name = "order.shipped")
public record OrderShipped(String orderId, String customerId, LocalDate shippedOn, @Nullable String comment) {}
