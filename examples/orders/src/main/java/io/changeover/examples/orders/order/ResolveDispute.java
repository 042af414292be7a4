package io.changeover.examples.orders.order;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Settles a customer's objection. Refused unless the order is disputed.
 *
 * @param orderId the order
 * @param resolvedOn day of the settlement
 * @param comment how, or null
 */
public record ResolveDispute(
        @TargetAggregateIdentifier String orderId, LocalDate resolvedOn, @Nullable String comment) {}
