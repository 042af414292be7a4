package io.changeover.examples.orders.revision;

import io.changeover.upcast.EventStep;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Customers: the contact parted in release 2, the address gathered in release 3. */
final class CustomerSteps {

    private static final List<String> PLACE = List.of("city", "state", "postalCode", "country");

    private CustomerSteps() {}

    static List<EventStep> all() {
        return List.of(
                EventStep.from("customer.registered", 1).up(Contacts::toNames).down(Contacts::toOneString),
                EventStep.from("customer.registered", 2)
                        .up(CustomerSteps::gatherAddress)
                        .down(CustomerSteps::scatterAddress),
                EventStep.from("customer.contact-changed", 1)
                        .up(Contacts::toNames)
                        .down(Contacts::toOneString),
                EventStep.from("customer.credit-limit-set", 1)
                        .up(payload -> Amounts.toMinorUnits(payload, "creditLimit", "limit"))
                        .down(payload -> Amounts.toFloatingPoint(payload, "limit", "creditLimit")));
    }

    private static void gatherAddress(ObjectNode payload) {
        ObjectNode address = payload.objectNode();
        address.set("line1", payload.required("addressLine1"));
        address.set("line2", payload.required("addressLine2"));
        payload.remove(List.of("addressLine1", "addressLine2"));
        Fields.move(payload, address, PLACE);
        payload.set("address", address);
    }

    private static void scatterAddress(ObjectNode payload) {
        ObjectNode address = Fields.object(payload, "address");
        payload.set("addressLine1", address.required("line1"));
        payload.set("addressLine2", address.required("line2"));
        Fields.move(address, payload, PLACE);
        payload.remove("address");
    }
}
