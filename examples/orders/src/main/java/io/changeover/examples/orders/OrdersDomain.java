package io.changeover.examples.orders;

import io.changeover.catalog.Consumer;
import io.changeover.catalog.EventDomain;
import io.changeover.examples.orders.dispatch.Release;
import io.changeover.examples.orders.revision.OrdersSteps;
import io.changeover.upcast.Contract;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.Revision;
import java.util.Arrays;
import java.util.List;

/** The events of the wholesaler: who owns them, who reads them, and which releases wrote them. */
public final class OrdersDomain implements EventDomain {

    private static final String SALES = "sales team";
    private static final String ACCOUNTING = "accounting team";

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public String owner() {
        return SALES;
    }

    @Override
    public String ownerOf(String event) {
        return event.startsWith("payment.") || event.equals("customer.credit-limit-set") ? ACCOUNTING : SALES;
    }

    @Override
    public List<EventStep> steps() {
        return OrdersSteps.all();
    }

    @Override
    public List<Contract> releases() {
        return Arrays.stream(Release.values()).map(Release::contract).toList();
    }

    @Override
    public List<Consumer> consumers() {
        return List.of(
                Consumer.of(
                        "dunning",
                        "accounting@steelwheels.example",
                        Revision.of("payment.received", 2),
                        Revision.of("customer.credit-limit-set", 2)),
                Consumer.of(
                        "warehouse",
                        "warehouse@steelwheels.example",
                        Revision.of("order.placed", 1),
                        Revision.of("order.line-added", 1),
                        Revision.of("order.status-changed", 1)));
    }
}
