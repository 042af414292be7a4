package io.changeover.upcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Through the ways by which Axon itself reads what is stored. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepUpcasterTest {

    @EventType(name = "payment.received", revision = 2)
    record PaymentReceived(String paymentId, long cents) {}

    @EventType(name = "payment.booked")
    record PaymentBooked(String paymentId) {}

    private static final EventTypes TYPES = EventTypes.of(List.of(PaymentReceived.class, PaymentBooked.class));

    private static final EventStep TO_CENTS = EventStep.from("payment.received", 1)
            .to(
                    2,
                    changes -> changes.custom(
                            "to cents",
                            payload -> {
                                payload.put(
                                        "cents",
                                        Math.round(payload.path("amount").asDouble() * 100));
                                payload.remove("amount");
                            },
                            payload ->
                                    payload.put("amount", payload.path("cents").asLong() / 100.0)));

    private static final EventStep SPLIT = EventStep.from("payment.taken", 1)
            .splitBy("kind", split -> split.drop("void", "void payments")
                    .when("real", "payment.taken", 2, changes -> {}));

    private static final EventStep PARTS = EventStep.from("payment.taken", 2)
            .splitInto(parts -> parts.main("payment.received", 1, changes -> {})
                    .also(
                            "payment.booked",
                            1,
                            changes -> changes.remove("amount", JsonNodeFactory.instance.numberNode(0), "the amount")));

    private final EventSerializer serializer = new EventSerializer(TYPES);
    private final StepUpcaster upcaster = new StepUpcaster(
            EventSteps.of(List.of(TO_CENTS, SPLIT, PARTS), TYPES), serializer.getObjectMapper(), null, null);

    /** A row of the event store as one of Axon's engines hands it on. */
    private record Row(long sequence, String name, String revision, String payload) implements DomainEventData<byte[]> {

        @Override
        public String getType() {
            return "Payment";
        }

        @Override
        public String getAggregateIdentifier() {
            return "p1";
        }

        @Override
        public long getSequenceNumber() {
            return sequence;
        }

        @Override
        public String getEventIdentifier() {
            return "e" + sequence;
        }

        @Override
        public Instant getTimestamp() {
            return Instant.parse("2004-11-05T00:00:00Z");
        }

        @Override
        public SerializedObject<byte[]> getMetaData() {
            return new SerializedMetaData<>("{\"trace\":\"t1\"}".getBytes(StandardCharsets.UTF_8), byte[].class);
        }

        @Override
        public SerializedObject<byte[]> getPayload() {
            return new SimpleSerializedObject<>(
                    payload.getBytes(StandardCharsets.UTF_8), byte[].class, new SimpleSerializedType(name, revision));
        }
    }

    private static Row stored(long sequence, String name, String revision, String payload) {
        return new Row(sequence, name, revision, payload);
    }

    private List<? extends DomainEventMessage<?>> read(Row... entries) {
        DomainEventStream stream =
                EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(entries), serializer, upcaster);
        return stream.asStream().toList();
    }

    @Test
    void axon_reads_an_old_revision_as_todays_class() {
        List<? extends DomainEventMessage<?>> events =
                read(stored(0, "payment.received", "1", "{\"paymentId\":\"p1\",\"amount\":12.5}"));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).getPayload()).isEqualTo(new PaymentReceived("p1", 1250));
        assertThat(events.get(0).getIdentifier()).isEqualTo("e0");
        assertThat(events.get(0).getMetaData()).containsEntry("trace", "t1");
    }

    @Test
    void current_events_pass_untouched() {
        assertThat(read(
                        stored(0, "payment.received", "2", "{\"paymentId\":\"p1\",\"cents\":1}"),
                        stored(1, "payment.booked", "1", "{\"paymentId\":\"p1\"}")))
                .extracting(event -> (Object) event.getPayload())
                .containsExactly(new PaymentReceived("p1", 1), new PaymentBooked("p1"));
    }

    @Test
    void a_revision_that_nobody_knows_is_refused_rather_than_taken_for_todays() {
        assertThatThrownBy(() -> read(stored(0, "payment.booked", null, "{\"paymentId\":\"p1\"}")))
                .hasMessage(
                        "revision none of event 'payment.booked' is not known here; known are: '1'; declare the step that leaves it, or deploy the release that wrote it");
    }

    @Test
    void one_stored_event_may_be_several_or_none() {
        assertThat(read(
                        stored(0, "payment.taken", "1", "{\"paymentId\":\"p1\",\"kind\":\"real\",\"amount\":1}"),
                        stored(1, "payment.taken", "1", "{\"kind\":\"void\"}"),
                        stored(2, "payment.booked", "1", "{\"paymentId\":\"p2\"}")))
                .extracting(event -> (Object) event.getPayload())
                .containsExactly(new PaymentReceived("p1", 100), new PaymentBooked("p1"), new PaymentBooked("p2"));
    }

    @Test
    void a_name_that_no_class_carries_stays_unknown() {
        assertThat(read(stored(0, "payment.audited", "1", "{}")).get(0).getPayload())
                .isInstanceOf(UnknownSerializedType.class);
    }

    @Test
    void ordinary_event_processors_read_through_the_same_steps() {
        TrackedDomainEventData<byte[]> tracked = new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(8),
                stored(0, "payment.received", "1", "{\"paymentId\":\"p1\",\"amount\":12.5}"));

        assertThat(EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(tracked), serializer, upcaster))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getPayload()).isEqualTo(new PaymentReceived("p1", 1250));
                    assertThat(event.trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(8));
                });
    }
}
