package io.changeover.examples.orders.order;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Notes that the customer objects. Refused unless the order has been shipped.
 *
 * @param orderId the order
 * @param disputedOn day of the objection
 * @param comment what the customer says, or null
 */
public record DisputeOrder(@TargetAggregateIdentifier String orderId, LocalDate disputedOn, @Nullable String comment) {}
