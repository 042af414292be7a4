package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The customer objects to what was shipped.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param disputedOn day of the objection
 * @param comment what the customer says, or null
 */
@EventType(name = "order.disputed")
public record OrderDisputed(String orderId, String customerId, LocalDate disputedOn, @Nullable String comment) {}
