package io.changeover.benchmark.replay.store;

import io.changeover.event.EventSerializer;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.event.CreditLimitSet;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.event.PaymentReceived;
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PaymentMethod;
import io.changeover.examples.orders.model.PersonName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.serialization.SerializedObject;

/** A small history as an import would leave it: two customers with one order each. */
final class TwoCustomers {

    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);

    private final EventSerializer serializer = OrdersEvents.serializer();
    private final List<StoredEvent> events = new ArrayList<>();

    private TwoCustomers() {}

    static Template template() {
        TwoCustomers history = new TwoCustomers();
        history.add("103", "10100");
        history.add("112", "10101");
        return Template.of(history.events);
    }

    private void add(String customer, String order) {
        PersonName contact = new PersonName("Dorothy", "Young");
        store(
                "Customer",
                customer,
                0,
                new CustomerRegistered(
                        customer,
                        "Online Diecast",
                        contact,
                        "603 555 8647",
                        new Address("2304 Long Airport", null, "Nashua", null, null, "USA")));
        store("Customer", customer, 1, new CreditLimitSet(customer, usd(11_430_000)));
        store(
                "Order",
                order,
                0,
                new OrderPlaced(order, customer, "Online Diecast", contact, DAY, DAY.plusDays(7), "USD", null));
        store("Order", order, 1, new OrderLineAdded(order, customer, DAY, 1, "S18_1749", 30, usd(17_100)));
        store("Order", order, 2, new OrderLineAdded(order, customer, DAY, 2, "S18_2248", 50, usd(6_796)));
        store("Order", order, 3, new OrderShipped(order, customer, DAY.plusDays(4), null));
        store(
                "Payment",
                customer + "-HQ1",
                0,
                new PaymentReceived(
                        customer + "-HQ1", customer, PaymentMethod.CHECK, "HQ1", usd(100_000), DAY.plusDays(9)));
    }

    private void store(String type, String aggregate, long sequence, Object payload) {
        SerializedObject<byte[]> stored = serializer.serialize(payload, byte[].class);
        events.add(new StoredEvent(
                events.size() + 1,
                "e-" + events.size(),
                type,
                aggregate,
                sequence,
                stored.getType().getName(),
                stored.getType().getRevision(),
                stored.getData(),
                new byte[] {'{', '}'},
                Instant.EPOCH));
    }

    private static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
