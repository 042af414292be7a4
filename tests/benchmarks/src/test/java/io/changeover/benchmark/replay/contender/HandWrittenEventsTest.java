package io.changeover.benchmark.replay.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.replay.store.OrdersEvents;
import io.changeover.event.EventType;
import io.changeover.examples.orders.dispatch.Release;
import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.upcast.EventTree;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandWrittenEventsTest {

    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);

    private final ObjectMapper json = OrdersEvents.serializer().getObjectMapper();
    private final HandWrittenEvents events = new HandWrittenEvents();

    static Stream<Object> everyEventOfTheBoard() {
        return Stream.of(
                new OrderPlaced(
                        "10100",
                        "363",
                        "Online Diecast",
                        new PersonName("Dorothy", "Young"),
                        DAY,
                        DAY.plusDays(7),
                        "USD",
                        "Check on availability."),
                new OrderPlaced(
                        "10101", "128", "Blauer See", new PersonName("", "Keitel"), DAY, DAY.plusDays(9), "USD", null),
                new OrderLineAdded("10100", "363", DAY, 3, "S18_1749", 30, new Money(13_671, "USD")),
                new OrderShipped("10100", "363", DAY.plusDays(4), null),
                new OrderCancelled("10100", "363", DAY.plusDays(4), new Money(1_022_399, "USD"), "Customer called"),
                new OrderPutOnHold("10100", "363", DAY, "Credit limit exceeded"),
                new OrderDisputed("10100", "363", DAY, null),
                new OrderResolved("10100", "363", DAY, "Settled"));
    }

    @ParameterizedTest
    @MethodSource("everyEventOfTheBoard")
    void reads_what_every_release_has_stored(Object event) {
        EventType type = OrdersEvents.TYPES.typeOf(event.getClass());
        for (Release release : Release.values()) {
            EventTree stored = OrdersEvents.STEPS.down(
                    new EventTree(type.name(), Integer.toString(type.revision()), json.valueToTree(event)),
                    release::writes);

            assertThat(events.parse(stored.name(), stored.revision(), json.writeValueAsBytes(stored.payload())))
                    .isEqualTo(event);
        }
    }
}
