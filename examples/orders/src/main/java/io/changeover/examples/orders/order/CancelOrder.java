package io.changeover.examples.orders.order;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Cancels an order, also one that has been shipped: the goods come back. Refused when it is cancelled already, or after
 * a dispute, which ends with its settlement.
 *
 * @param orderId the order
 * @param cancelledOn day of the cancellation
 * @param comment why, or null
 */
public record CancelOrder(@TargetAggregateIdentifier String orderId, LocalDate cancelledOn, @Nullable String comment) {}
