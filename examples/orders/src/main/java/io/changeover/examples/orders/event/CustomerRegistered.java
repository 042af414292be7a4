package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.sensitive.Sensitive;

/**
 * A customer was registered.
 *
 * @param customerId identifier of the customer
 * @param name name of the business
 * @param contact person to talk to
 * @param phone as the customer writes it
 * @param address where the customer is
 */
@EventType(name = "customer.registered", revision = 3)
public record CustomerRegistered(
        String customerId, String name, @Sensitive PersonName contact, @Sensitive String phone, Address address) {}
