package io.changeover.examples.orders.customer;

import io.changeover.examples.orders.model.PersonName;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Names another person to talk to. Does nothing when nothing changes.
 *
 * @param customerId the customer
 * @param contact person to talk to
 * @param phone as the customer writes it
 */
public record ChangeContact(@TargetAggregateIdentifier String customerId, PersonName contact, String phone) {}
