package io.changeover.examples.release1;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.order.CancelOrder;
import io.changeover.examples.orders.order.DisputeOrder;
import io.changeover.examples.orders.order.Order;
import io.changeover.examples.orders.order.ShipOrder;
import io.changeover.examples.orders.revision.OrdersSteps;
import io.changeover.examples.orders.steelwheels.SteelWheelsHistory;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Orders that release 3 has written and changed, in the hands of release 1, which reads them through the ways down: it
 * comes to the same decisions.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RolledBackReleaseTest {

    private static final EventTypes RELEASE_1 =
            EventTypes.of(List.of(OrderPlaced1.class, OrderLineAdded1.class, OrderStatusChanged1.class));
    private static final EventSteps STEPS = EventSteps.rolledBack(OrdersSteps.all(), RELEASE_1);
    private static final EventSerializer SERIALIZER = new EventSerializer(RELEASE_1);
    private static final EventReader READER = new EventReader(RELEASE_1, STEPS, SERIALIZER.getObjectMapper());
    private static final LocalDate LATE = LocalDate.of(2006, 1, 1);

    /** Keeps what it is asked about, and says yes. */
    private static final class Seen<T> extends BaseMatcher<T> {

        private Object value;

        @Override
        public boolean matches(Object actual) {
            value = actual;
            return true;
        }

        @Override
        public void describeTo(Description description) {}
    }

    /** What an aggregate decides: the event that it applies, told in today's revision, or its refusal. */
    private static String decision(AggregateTestFixture<?> fixture, EventTypes types, List<?> history, Object command) {
        ResultValidator<?> result = fixture.given(history).when(command);
        Seen<List<EventMessage<?>>> events = new Seen<>();
        result.expectEventsMatching(events);
        if (((List<?>) events.value).isEmpty()) {
            Seen<Throwable> refusal = new Seen<>();
            result.expectException(refusal);
            assertThat(refusal.value).isInstanceOf(CommandRefusedException.class);
            return ((Throwable) refusal.value).getMessage();
        }
        Object event = ((EventMessage<?>) ((List<?>) events.value).get(0)).getPayload();
        EventType type = types.typeOf(event.getClass());
        EventTree today = OrdersStore.STEPS
                .up(EventTree.of(
                        Revision.of(type.name(), type.revision()),
                        SERIALIZER.getObjectMapper().valueToTree(event)))
                .get(0);
        return today.key() + " " + SERIALIZER.getObjectMapper().convertValue(today.payload(), TreeMap.class);
    }

    private static Map<String, List<StoredEvent>> ordersOfRelease3() {
        Map<String, List<StoredEvent>> orders = new LinkedHashMap<>();
        try (OrdersStore store = new OrdersStore()) {
            SteelWheelsHistory.importInto(store, 500);
            for (StoredEvent event : store.events()) {
                if (event.aggregateType().equals("Order")) {
                    orders.computeIfAbsent(event.aggregateId(), id -> new ArrayList<>())
                            .add(event);
                }
            }
        }
        orders.values().removeIf(events -> events.stream()
                .noneMatch(event -> event.revision().equals("2")));
        return orders;
    }

    @Test
    void the_first_release_decides_as_today_s_on_what_today_s_has_written() {
        Map<String, List<StoredEvent>> orders = ordersOfRelease3();
        assertThat(orders).hasSizeGreaterThan(250);
        int decisions = 0;
        for (Map.Entry<String, List<StoredEvent>> order : orders.entrySet()) {
            List<Object> today = objects(OrdersStore.READER, order.getValue());
            List<Object> then = objects(READER, order.getValue());
            assertThat(then).hasSameSizeAs(today).allMatch(event -> RELEASE_1.typeOf(event.getClass()) != null);
            for (Object command : List.of(
                    new ShipOrder(order.getKey(), LATE, "late"),
                    new CancelOrder(order.getKey(), LATE, null),
                    new DisputeOrder(order.getKey(), LATE, "broken"))) {
                assertThat(decision(new AggregateTestFixture<>(Order1.class), RELEASE_1, then, command))
                        .isEqualTo(
                                decision(new AggregateTestFixture<>(Order.class), OrdersStore.TYPES, today, command));
                decisions++;
            }
        }
        assertThat(decisions).isGreaterThan(750);
    }

    private static List<Object> objects(EventReader reader, List<StoredEvent> events) {
        return events.stream()
                .flatMap(event -> reader.read(event).stream())
                .map(CurrentEvent::payload)
                .toList();
    }
}
