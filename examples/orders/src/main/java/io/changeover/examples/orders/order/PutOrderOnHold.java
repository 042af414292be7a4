package io.changeover.examples.orders.order;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Lets an order wait until it is shipped or cancelled. Refused unless it is in process.
 *
 * @param orderId the order
 * @param heldOn first day of waiting
 * @param comment what it waits for, or null
 */
public record PutOrderOnHold(@TargetAggregateIdentifier String orderId, LocalDate heldOn, @Nullable String comment) {}
