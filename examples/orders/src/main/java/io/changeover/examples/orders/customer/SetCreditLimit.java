package io.changeover.examples.orders.customer;

import io.changeover.examples.orders.model.Money;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Sets how much a customer may owe. Refused when negative; does nothing when nothing changes.
 *
 * @param customerId the customer
 * @param limit zero or more
 */
public record SetCreditLimit(@TargetAggregateIdentifier String customerId, Money limit) {}
