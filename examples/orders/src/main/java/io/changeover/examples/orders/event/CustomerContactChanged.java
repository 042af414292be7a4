package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.sensitive.Sensitive;

/**
 * Another person speaks for a customer from now on.
 *
 * @param customerId identifier of the customer
 * @param contact person to talk to
 * @param phone as the customer writes it
 */
@EventType(name = "customer.contact-changed", revision = 2)
public record CustomerContactChanged(String customerId, @Sensitive PersonName contact, @Sensitive String phone) {}
