package io.changeover.examples.orders;

import io.changeover.kit.EventDomainTest;
import io.changeover.upcast.Revision;
import tools.jackson.databind.node.ObjectNode;

/** The events of this domain, held to everything that the kit knows. */
class OrdersEventsTest extends EventDomainTest {

    /** Release 1 always wrote the total into a cancellation, and into nothing else had it to. */
    @Override
    protected boolean occurs(Revision revision, ObjectNode payload) {
        return !revision.equals(Revision.of("order.status-changed", 1))
                || !payload.path("status").asString().equals("Cancelled")
                || payload.path("orderTotal").isNumber();
    }
}
