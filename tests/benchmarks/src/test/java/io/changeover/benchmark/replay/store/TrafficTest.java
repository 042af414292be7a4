package io.changeover.benchmark.replay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrafficTest {

    private static final int EVENTS = 20_000;
    private static final int WINDOW = 200;

    private static List<TrafficEvent> events(long seed) {
        Traffic traffic = new Traffic(TwoCustomers.template(), seed, WINDOW);
        List<TrafficEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(traffic.next());
        }
        return events;
    }

    private static String key(TrafficEvent event) {
        return new String(event.copy().bytes(), StandardCharsets.US_ASCII)
                + event.template().aggregateId();
    }

    private static boolean old(TrafficEvent event) {
        return event.form() != event.template().current();
    }

    @Test
    void numbers_the_events_of_each_aggregate_without_gaps() {
        Map<String, Long> next = new HashMap<>();

        for (TrafficEvent event : events(1)) {
            assertThat(event.sequence()).isEqualTo(next.getOrDefault(key(event), 0L));
            next.put(key(event), event.sequence() + 1);
        }
    }

    @Test
    void puts_other_orders_between_the_events_of_an_order() {
        List<TrafficEvent> events = events(1);
        List<TrafficEvent> order =
                events.stream().filter(event -> key(event).equals("c40-10100")).toList();

        assertThat(order).extracting(event -> event.template().sequence()).containsExactly(0L, 1L, 2L, 3L);
        TreeSet<String> between = new TreeSet<>();
        events.subList((int) order.get(0).position(), (int) order.get(3).position() - 1)
                .forEach(event -> between.add(key(event)));
        assertThat(between).hasSizeGreaterThan(WINDOW / 2);
    }

    @Test
    void stores_half_of_the_events_as_an_earlier_release_did() {
        long old = events(1).stream().filter(TrafficTest::old).count();

        assertThat(old).isBetween(EVENTS * 49L / 100, EVENTS * 51L / 100);
    }

    @Test
    void changes_3500_contacts_in_a_million_events() {
        long changes = events(1).stream()
                .filter(event -> event.form().name().equals("customer.contact-changed"))
                .count();

        assertThat(changes).isEqualTo(EVENTS * 35L / 10_000);
    }

    @Test
    void puts_the_prefix_of_the_copy_before_every_key_of_a_payload() {
        TrafficEvent payment = events(1).stream()
                .filter(event -> key(event).equals("c7-112-HQ1") && !old(event))
                .findFirst()
                .orElseThrow();

        assertThat(payment.form().payload(payment.copy()))
                .isEqualTo(
                        "{\"paymentId\":\"c7-112-HQ1\",\"customerId\":\"c7-112\",\"method\":\"CHECK\",\"reference\":\"HQ1\",\"amount\":{\"minorUnits\":100000,\"currency\":\"USD\"},\"receivedOn\":\"2003-01-15\"}");
    }

    @Test
    void gives_the_same_events_for_the_same_seed_and_others_for_another() {
        List<String> once = events(1).stream().map(TrafficTest::text).toList();

        assertThat(events(1)).extracting(TrafficTest::text).isEqualTo(once);
        assertThat(events(2)).extracting(TrafficTest::text).isNotEqualTo(once);
    }

    private static String text(TrafficEvent event) {
        return key(event) + "/" + event.sequence() + " " + event.form();
    }
}
