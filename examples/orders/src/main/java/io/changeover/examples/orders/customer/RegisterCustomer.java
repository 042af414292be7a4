package io.changeover.examples.orders.customer;

import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.PersonName;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Registers a customer. Refused without a name.
 *
 * @param customerId identifier that no aggregate has yet
 * @param name name of the business; not blank
 * @param contact person to talk to
 * @param phone as the customer writes it
 * @param address where the customer is
 */
public record RegisterCustomer(
        @TargetAggregateIdentifier String customerId, String name, PersonName contact, String phone, Address address) {}
