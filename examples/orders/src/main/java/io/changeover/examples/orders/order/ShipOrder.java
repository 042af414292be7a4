package io.changeover.examples.orders.order;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Ships an order; a hold ends with it. Refused without lines, before the day of the order, or when the order has been
 * shipped or cancelled already.
 *
 * @param orderId the order
 * @param shippedOn day on which the goods leave
 * @param comment what the warehouse notes, or null
 */
public record ShipOrder(@TargetAggregateIdentifier String orderId, LocalDate shippedOn, @Nullable String comment) {}
