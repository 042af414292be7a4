package io.changeover.examples.orders.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.customer.RegisterCustomer;
import io.changeover.examples.orders.dispatch.HistoricCommand;
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.examples.orders.steelwheels.SteelWheels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrafficScriptTest {

    private static final SteelWheels DATA = SteelWheels.read();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEPS = 300;

    @Test
    void makes_steps_that_no_aggregate_refuses_and_that_tell_every_kind_of_story() {
        TrafficScript script = new TrafficScript(DATA, 1);
        List<String> refusals = new ArrayList<>();
        try (OrdersStore store = new OrdersStore()) {
            store.batches().sendTogether(customers());
            for (int index = 1; index <= STEPS; index++) {
                List<HistoricCommand> step = script.step(index, START.plusSeconds(index));
                store.batches().send(() -> step, refused -> refused.forEach(each -> refusals.add(each.reason())));
            }

            assertThat(refusals).isEmpty();
            assertThat(store.events())
                    .extracting(StoredEvent::name)
                    .contains(
                            "order.placed",
                            "order.line-added",
                            "order.shipped",
                            "order.cancelled",
                            "order.put-on-hold",
                            "order.disputed",
                            "order.resolved",
                            "payment.received",
                            "customer.contact-changed");
        }
    }

    @Test
    void makes_the_same_step_whatever_came_before() {
        TrafficScript script = new TrafficScript(DATA, 7);
        script.step(1, START);

        assertThat(script.step(50, START)).isEqualTo(new TrafficScript(SteelWheels.read(), 7).step(50, START));
        assertThat(script.step(50, START)).isNotEqualTo(new TrafficScript(DATA, 8).step(50, START));
    }

    @Test
    void refuses_a_rate_or_limit_that_cannot_be() {
        assertThatThrownBy(() -> new TrafficOptions(0, 0, 1, Optional.empty(), Duration.ZERO))
                .hasMessage(
                        "Traffic rate 0.0 must be greater than 0 and at most 10000.0 orders per second; correct 'orders.traffic.rate' or switch traffic off with 'orders.traffic.enabled=false'");
        assertThatThrownBy(() -> new TrafficOptions(1, -1, 1, Optional.empty(), Duration.ZERO))
                .hasMessage("Traffic limit -1 must not be negative; give 0 for traffic without end");
    }

    private static List<Object> customers() {
        Address nowhere = new Address("1", null, "Town", null, null, "Land");
        return DATA.customers().stream()
                .<Object>map(row -> new RegisterCustomer(
                        Integer.toString(row.number()), row.name(), new PersonName("A", "B"), row.phone(), nowhere))
                .toList();
    }
}
