package io.changeover.examples.orders.order;

import io.changeover.examples.orders.model.Money;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Adds a line. Refused once the order has left the warehouse or was cancelled, when the number is taken, or when
 * quantity, price or currency do not fit.
 *
 * @param orderId the order
 * @param lineNumber number of the line, 1 or greater; gaps are allowed
 * @param productCode what is ordered
 * @param quantity how many, 1 or greater
 * @param unitPrice price of one, greater than zero
 */
public record AddOrderLine(
        @TargetAggregateIdentifier String orderId, int lineNumber, String productCode, int quantity, Money unitPrice) {}
