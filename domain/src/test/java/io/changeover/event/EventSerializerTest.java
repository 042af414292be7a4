package io.changeover.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventSerializerTest {

    @EventType(name = "payment.received", revision = 2)
    record PaymentReceived(String paymentId, long amount, Instant at) {}

    private static final PaymentReceived PAYMENT =
            new PaymentReceived("p1", 1250, Instant.parse("2004-11-05T00:00:00Z"));
    private static final String PAYMENT_JSON =
            """
            {"paymentId":"p1","amount":1250,"at":"2004-11-05T00:00:00Z"}""";

    private final EventSerializer serializer = new EventSerializer(EventTypes.of(List.of(PaymentReceived.class)));

    private static SerializedObject<byte[]> stored(String name, String revision, String json) {
        return new SimpleSerializedObject<>(
                json.getBytes(StandardCharsets.UTF_8), byte[].class, new SimpleSerializedType(name, revision));
    }

    private static String text(SerializedObject<byte[]> serialized) {
        return new String(serialized.getData(), StandardCharsets.UTF_8);
    }

    private <T> T roundTrip(T object) {
        return serializer.deserialize(serializer.serialize(object, byte[].class));
    }

    @Test
    void an_event_is_stored_under_its_stable_name_and_revision() {
        SerializedObject<byte[]> serialized = serializer.serialize(PAYMENT, byte[].class);

        assertThat(serialized.getType()).isEqualTo(new SimpleSerializedType("payment.received", "2"));
        assertThat(text(serialized)).isEqualTo(PAYMENT_JSON);
    }

    @Test
    void a_stable_name_is_read_as_the_class_that_carries_it() {
        Object read = serializer.deserialize(stored("payment.received", "2", PAYMENT_JSON));

        assertThat(read).isEqualTo(PAYMENT);
    }

    @Test
    void a_payload_in_another_revision_is_stored_under_its_own_name_and_revision() {
        ObjectNode payload = JsonMapper.shared().createObjectNode().put("sum", 12.5);

        SerializedObject<byte[]> serialized =
                serializer.serialize(new RevisedPayload("payment.taken", "1", payload), byte[].class);

        assertThat(serialized.getType()).isEqualTo(new SimpleSerializedType("payment.taken", "1"));
        assertThat(text(serialized)).isEqualTo("{\"sum\":12.5}");
    }

    @Test
    void a_name_that_no_class_carries_reads_as_an_unknown_type() {
        Object read = serializer.deserialize(stored("payment.refunded", "1", "{\"a\":1}"));

        assertThat(read).isInstanceOf(UnknownSerializedType.class);
        assertThat(((UnknownSerializedType) read)
                        .readData(ObjectNode.class)
                        .path("a")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_field_that_the_class_does_not_have_is_refused() {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(
                        () -> serializer.deserialize(
                                stored(
                                        "payment.received",
                                        "2",
                                        """
                        {"paymentId":"p1","amount":1250,"at":"2004-11-05T00:00:00Z","currency":"EUR"}""")))
                .havingCause()
                .withMessageContaining("currency");
    }

    @Test
    void null_for_a_primitive_is_refused() {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serializer.deserialize(stored(
                        "payment.received",
                        "2",
                        """
                        {"paymentId":"p1","amount":null,"at":"2004-11-05T00:00:00Z"}""")))
                .havingCause()
                .withMessageContaining("amount");
    }

    @Test
    void a_token_of_a_global_position_returns_as_it_was() {
        assertThat(roundTrip(new GlobalSequenceTrackingToken(88))).isEqualTo(new GlobalSequenceTrackingToken(88));
    }

    @Test
    void a_token_with_gaps_returns_as_it_was() {
        GapAwareTrackingToken token = GapAwareTrackingToken.newInstance(88, List.of(3L, 80L));

        assertThat(roundTrip(token)).isEqualTo(token);
    }

    @Test
    void metadata_returns_as_it_was() {
        MetaData metaData = MetaData.with("traceId", "t1").and("attempt", 2);

        assertThat(roundTrip(metaData)).isEqualTo(metaData);
    }

    @Test
    void metadata_that_was_stored_as_xml_is_read_in_that_format() {
        EventSerializer withHistory = new EventSerializer(EventTypes.of(List.of()), XStreamHistory.allowing());
        String xml = "<meta-data><entry><string>traceId</string><string>t1</string></entry></meta-data>";

        Object fromXml =
                withHistory.deserialize(new SerializedMetaData<>(xml.getBytes(StandardCharsets.UTF_8), byte[].class));
        Object fromJson = withHistory.deserialize(
                new SerializedMetaData<>("{\"traceId\":\"t1\"}".getBytes(StandardCharsets.UTF_8), byte[].class));

        assertThat(fromXml).isEqualTo(MetaData.with("traceId", "t1"));
        assertThat(fromJson).isEqualTo(fromXml);
    }

    @Test
    void a_type_in_metadata_that_is_not_allowed_is_refused_by_name() {
        EventSerializer withHistory = new EventSerializer(EventTypes.of(List.of()), XStreamHistory.allowing());
        String xml = "<meta-data><entry><string>a</string><java.lang.ProcessBuilder/></entry></meta-data>";

        assertThatExceptionOfType(LegacyTypeRefusedException.class)
                .isThrownBy(() -> withHistory.deserialize(
                        new SerializedMetaData<>(xml.getBytes(StandardCharsets.UTF_8), byte[].class)))
                .withMessage(
                        "type 'java.lang.ProcessBuilder' must be on the list of types that may be read from XML, which is []; add it if an event of yours holds it, and look at who stored it if none does");
    }

    @Test
    void a_class_without_a_stable_name_keeps_its_class_name() {
        assertThat(serializer.typeForClass(GlobalSequenceTrackingToken.class).getName())
                .isEqualTo(GlobalSequenceTrackingToken.class.getName());
    }

    @Test
    void nothing_is_stored_as_nothing() {
        assertThat(serializer.typeForClass(null)).isEqualTo(SimpleSerializedType.emptyType());
    }

    @Test
    void the_token_of_a_replay_can_be_read_and_its_context_names_no_class() {
        TrackingToken token = ReplayToken.createReplayToken(GapAwareTrackingToken.newInstance(7, List.of(3L)), null);
        assertThat(this.<TrackingToken>roundTrip(token)).isEqualTo(token);
        TrackingToken onItsWay =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(7), new GlobalSequenceTrackingToken(4));
        assertThat(this.<TrackingToken>roundTrip(onItsWay)).isEqualTo(onItsWay);

        SerializedObject<byte[]> withContext = serializer.serialize(
                ReplayToken.createReplayToken(
                        new GlobalSequenceTrackingToken(7), new GlobalSequenceTrackingToken(4), new Object[] {PAYMENT}),
                byte[].class);
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> serializer.deserialize(withContext));
    }
}
