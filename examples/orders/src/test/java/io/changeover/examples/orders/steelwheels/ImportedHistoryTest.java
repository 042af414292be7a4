package io.changeover.examples.orders.steelwheels;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.dispatch.Release;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends the whole plan through the aggregates and looks at what the store holds then. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportedHistoryTest {

    private static final int BATCH = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static OrdersStore store;
    private static List<StoredEvent> events;
    private static List<String> refusals;

    @BeforeAll
    static void import_once() {
        store = new OrdersStore();
        refusals = SteelWheelsHistory.importInto(store, BATCH);
        events = store.events();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void holds_each_event_in_the_revision_of_its_time() {
        Map<String, Long> counts = events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.name() + "@" + event.revision(), TreeMap::new, Collectors.counting()));

        assertThat(counts)
                .containsExactly(
                        Map.entry("customer.credit-limit-set@1", 72L),
                        Map.entry("customer.credit-limit-set@2", 54L),
                        Map.entry("customer.registered@1", 72L),
                        Map.entry("customer.registered@2", 48L),
                        Map.entry("customer.registered@3", 6L),
                        Map.entry("order.cancelled@1", 6L),
                        Map.entry("order.disputed@1", 7L),
                        Map.entry("order.line-added@1", 494L),
                        Map.entry("order.line-added@2", 2506L),
                        Map.entry("order.placed@1", 58L),
                        Map.entry("order.placed@2", 272L),
                        Map.entry("order.put-on-hold@1", 4L),
                        Map.entry("order.resolved@1", 4L),
                        Map.entry("order.shipped@1", 260L),
                        Map.entry("order.status-changed@1", 56L),
                        Map.entry("payment.received@1", 48L),
                        Map.entry("payment.received@2", 101L),
                        Map.entry("payment.received@3", 123L));
        assertThat(events).hasSize(4191);
    }

    @Test
    void has_no_command_that_an_aggregate_refuses() {
        assertThat(refusals).isEmpty();
    }

    @Test
    void has_each_event_at_its_historic_time() {
        assertThat(events.stream().map(StoredEvent::time)).isSorted();
        assertThat(events)
                .allSatisfy(event -> assertThat(new String(event.metadata(), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("{\"release\":\"%s\"}".formatted(Release.at(event.time()))));
    }

    @Test
    void reads_every_stored_event_as_todays_class_and_gives_the_same_when_taken_down_again() {
        for (StoredEvent stored : events) {
            List<CurrentEvent> current = OrdersStore.READER.read(stored);

            assertThat(current).hasSize(1);
            assertThat(down(current.get(0).payload(), stored)).isEqualTo(JSON.readTree(stored.payload()));
        }
    }

    @Test
    void reads_every_stored_event_the_same_with_and_without_a_tree_of_it() {
        for (StoredEvent stored : events) {
            EventTree tree = OrdersStore.READER.trees(stored).get(0);

            assertThat(OrdersStore.READER.read(stored))
                    .extracting(CurrentEvent::payload)
                    .containsExactly(JSON.treeToValue(
                            tree.payload(),
                            OrdersStore.TYPES.classOf(tree.name()).orElseThrow()));
        }
    }

    @Test
    void reads_the_same_events_from_every_release() {
        for (StoredEvent stored : events) {
            Object current = OrdersStore.READER.read(stored).get(0).payload();
            for (Release release : Release.values()) {
                EventTree then = OrdersStore.STEPS.down(tree(current), release::writes);
                StoredEvent told = new StoredEvent(
                        1,
                        "e",
                        "Order",
                        "a",
                        0,
                        then.name(),
                        then.revision(),
                        JSON.writeValueAsBytes(then.payload()),
                        new byte[0],
                        stored.time());

                assertThat(OrdersStore.READER.read(told).get(0).payload()).isEqualTo(current);
            }
        }
    }

    @Test
    void is_the_same_store_whatever_the_size_of_a_batch() {
        try (OrdersStore other = new OrdersStore()) {
            SteelWheelsHistory.importInto(other, 97);

            assertThat(describe(other.events())).isEqualTo(describe(events));
        }
    }

    private static List<String> describe(List<StoredEvent> stored) {
        return stored.stream()
                .map(event -> String.join(
                        " ",
                        event.eventId(),
                        event.aggregateId(),
                        Long.toString(event.sequence()),
                        event.name(),
                        event.revision(),
                        event.time().toString(),
                        OrdersStore.text(event)))
                .toList();
    }

    private static Object down(Object current, StoredEvent stored) {
        EventTree then = OrdersStore.STEPS.down(
                tree(current),
                revision -> revision.name().equals(stored.name())
                        && revision.revision().equals(stored.revision()));
        // Through bytes, so that numbers have the type that a reader gives them.
        return JSON.readTree(JSON.writeValueAsBytes(then.payload()));
    }

    private static EventTree tree(Object event) {
        EventType type = event.getClass().getAnnotation(EventType.class);
        ObjectNode payload = JSON.valueToTree(event);
        return new EventTree(type.name(), Integer.toString(type.revision()), payload);
    }
}
