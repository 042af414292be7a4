package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.Money;

/**
 * A customer may owe up to this amount from now on.
 *
 * @param customerId identifier of the customer
 * @param limit zero where the customer must pay first
 */
@EventType(name = "customer.credit-limit-set", revision = 2)
public record CreditLimitSet(String customerId, Money limit) {}
