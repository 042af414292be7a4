package io.changeover.examples.orders.revision;

import io.changeover.upcast.EventStep;
import java.util.List;

/** Customers: the contact parted in release 2, the address gathered in release 3. */
final class CustomerSteps {

    private CustomerSteps() {}

    static List<EventStep> all() {
        return List.of(
                EventStep.from("customer.registered", 1).to(2, payload -> payload.convert("contact", Contacts.NAMES)),
                EventStep.from("customer.registered", 2).to(3, payload -> payload.rename("addressLine1", "line1")
                        .rename("addressLine2", "line2")
                        .nest("address", "line1", "line2", "city", "state", "postalCode", "country")),
                EventStep.from("customer.contact-changed", 1)
                        .to(2, payload -> payload.convert("contact", Contacts.NAMES)),
                EventStep.from("customer.credit-limit-set", 1)
                        .to(2, payload -> payload.convert("creditLimit", Amounts.MONEY)
                                .rename("creditLimit", "limit")));
    }
}
