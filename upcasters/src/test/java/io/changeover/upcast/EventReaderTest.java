package io.changeover.upcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventReaderTest {

    @EventType(name = "payment.received", revision = 2)
    record PaymentReceived(String paymentId, long cents) {}

    @EventType(name = "order.closed")
    record OrderClosed(String orderId) {}

    private static final JsonNode NONE = JsonNodeFactory.instance.nullNode();
    private static final EventTypes TYPES = EventTypes.of(List.of(PaymentReceived.class, OrderClosed.class));

    private static final EventStep TO_CENTS = EventStep.from("payment.received", 1)
            .to(
                    2,
                    changes -> changes.custom(
                            "to cents",
                            payload -> {
                                payload.put(
                                        "cents",
                                        Math.round(payload.required("amount").asDouble() * 100));
                                payload.remove("amount");
                            },
                            payload -> {
                                payload.put("amount", payload.path("cents").asLong() / 100.0);
                                payload.remove("cents");
                            }));

    private static final EventStep SPLIT = EventStep.from("order.paid-and-closed", 1)
            .splitInto(
                    parts -> parts.main("payment.received", 1, changes -> changes.remove("orderId", NONE, "the order"))
                            .also("order.closed", 1, changes -> changes.remove("paymentId", NONE, "the payment")
                                    .remove("amount", NONE, "the amount")));

    private final EventReader reader = new EventReader(
            TYPES, EventSteps.of(List.of(TO_CENTS, SPLIT), TYPES), new EventSerializer(TYPES).getObjectMapper());

    private static StoredEvent stored(String name, String revision, String payload) {
        return new StoredEvent(
                7,
                "e7",
                "Payment",
                "p1",
                0,
                name,
                revision,
                payload.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    private void refuses(StoredEvent event, String messageStart, String messageEnd) {
        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> reader.read(event))
                .withMessageStartingWith(messageStart)
                .withMessageEndingWith(messageEnd)
                .satisfies(refused -> assertThat(refused.event()).isSameAs(event));
    }

    @Test
    void a_current_event_is_read_as_its_class() {
        StoredEvent event = stored("payment.received", "2", "{\"paymentId\":\"p1\",\"cents\":1250}");

        assertThat(reader.read(event)).containsExactly(new CurrentEvent(event, new PaymentReceived("p1", 1250)));
    }

    @Test
    void an_event_of_an_old_revision_is_taken_up_first() {
        StoredEvent event = stored("payment.received", "1", "{\"paymentId\":\"p1\",\"amount\":12.5}");

        assertThat(reader.read(event)).containsExactly(new CurrentEvent(event, new PaymentReceived("p1", 1250)));
    }

    @Test
    void all_parts_of_a_split_stand_for_the_one_stored_event() {
        StoredEvent event =
                stored("order.paid-and-closed", "1", "{\"paymentId\":\"p1\",\"orderId\":\"o1\",\"amount\":1}");

        assertThat(reader.read(event))
                .containsExactly(
                        new CurrentEvent(event, new PaymentReceived("p1", 100)),
                        new CurrentEvent(event, new OrderClosed("o1")));
    }

    @Test
    void an_event_whose_name_no_class_carries_is_left_out_unread() {
        assertThat(reader.read(stored("order.audited", "1", "not JSON"))).isEmpty();
    }

    @Test
    void a_payload_that_a_step_cannot_take_is_refused() {
        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> reader.read(stored("payment.received", "1", "[1]")))
                .withMessage(
                        "Event e7 at position 7 (payment.received@1) cannot be read as today's class: the payload is not a JSON object but ARRAY; add or mend its step, then retry");
    }

    @Test
    void a_payload_of_nothing_is_refused_in_every_revision() {
        for (String revision : List.of("1", "2")) {
            assertThatExceptionOfType(UnreadableEventException.class)
                    .isThrownBy(() -> reader.read(stored("payment.received", revision, "null")))
                    .withMessage(
                            "Event e7 at position 7 (payment.received@%s) cannot be read as today's class: the payload is not a JSON object but NULL; add or mend its step, then retry"
                                    .formatted(revision));
        }
    }

    @Test
    void a_payload_that_is_not_json_is_refused() {
        refuses(
                stored("payment.received", "2", "{\"paymentId\":"),
                "Event e7 at position 7 (payment.received@2) cannot be read as today's class: Unexpected end-of-input",
                "; add or mend its step, then retry");
        refuses(
                stored("payment.received", "1", "{\"paymentId\":"),
                "Event e7 at position 7 (payment.received@1) cannot be read as today's class: Unexpected end-of-input",
                "; add or mend its step, then retry");
    }

    @Test
    void a_field_that_the_class_does_not_have_is_refused() {
        refuses(
                stored("payment.received", "2", "{\"paymentId\":\"p1\",\"cents\":1,\"currency\":\"EUR\"}"),
                "Event e7 at position 7 (payment.received@2) cannot be read as today's class: Unrecognized property \"currency\"",
                "; add or mend its step, then retry");
    }

    @Test
    void a_step_that_fails_makes_the_event_unreadable() {
        refuses(
                stored("payment.received", "1", "{\"paymentId\":\"p1\"}"),
                "Event e7 at position 7 (payment.received@1) cannot be read as today's class: ",
                "; add or mend its step, then retry");
    }

    @Test
    void an_event_stored_without_a_revision_is_not_taken_for_one_of_the_first() {
        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> reader.read(stored("order.closed", null, "{\"orderId\":\"o1\"}")))
                .withMessage(
                        "Event e7 at position 7 (order.closed without revision) cannot be read as today's class: revision none of event 'order.closed' is not known here; known are: '1'; declare the step that leaves it, or deploy the release that wrote it; add or mend its step, then retry");
    }

    @Test
    void a_reader_of_an_earlier_revision_gets_that_revision_whatever_was_stored() {
        Contract first = Contract.of("first", List.of(Revision.of("payment.received", 1)));

        for (StoredEvent event : List.of(
                stored("payment.received", "1", "{\"paymentId\":\"p1\",\"amount\":12.5}"),
                stored("payment.received", "2", "{\"paymentId\":\"p1\",\"cents\":1250}"),
                stored("order.paid-and-closed", "1", "{\"paymentId\":\"p1\",\"orderId\":\"o\",\"amount\":12.5}"))) {
            assertThat(reader.read(event, first))
                    .singleElement()
                    .hasToString(
                            "EventTree[name=payment.received, revision=1, payload={\"paymentId\":\"p1\",\"amount\":12.5}]");
        }
    }

    @Test
    void a_stored_event_may_become_what_it_is_called_and_whatever_a_split_makes_of_it() {
        assertThat(reader.mayBecomeOneOf("payment.received", Set.of("payment.received")))
                .isTrue();
        assertThat(reader.mayBecomeOneOf("order.paid-and-closed", Set.of("payment.received")))
                .isTrue();
        assertThat(reader.mayBecomeOneOf("order.closed", Set.of("payment.received")))
                .isFalse();
    }
}
