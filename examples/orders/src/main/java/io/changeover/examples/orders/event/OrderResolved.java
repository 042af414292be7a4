package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The customer's objection was settled.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param resolvedOn day of the settlement
 * @param comment how, or null
 */
@EventType(name = "order.resolved")
public record OrderResolved(String orderId, String customerId, LocalDate resolvedOn, @Nullable String comment) {}
