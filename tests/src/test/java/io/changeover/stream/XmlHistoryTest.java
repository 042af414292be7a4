package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.LegacyTypeRefusedException;
import io.changeover.event.XStreamHistory;
import io.changeover.testkit.TestDatabase;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import io.changeover.upcast.StepUpcaster;
import io.changeover.upcast.UnreadableEventException;
import java.math.BigDecimal;
import java.util.List;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class XmlHistoryTest {

    /** The class that an older application stored, as it stands in this one: fields are all that counts. */
    @SuppressWarnings("UnusedVariable") // filled by reflection
    static final class OldPayment {
        private String paymentId;
        private BigDecimal sum;
    }

    @EventType(name = "payment.received", revision = 2)
    record PaymentReceived(String paymentId, BigDecimal amount, String trace) {}

    private static final EventTypes TYPES = EventTypes.of(List.of(PaymentReceived.class));
    private static final EventSteps STEPS = EventSteps.of(
            List.of(
                    // An older application stored under the name of its class and without a revision.
                    EventStep.from(Revision.none("com.acme.Payment"))
                            .to("payment.received", 1, payload -> payload.rename("sum", "amount")),
                    EventStep.from("payment.received", 1)
                            .to(2, payload -> payload.derive("trace", derivation -> derivation.metadata("traceId")))),
            TYPES);

    private final XStreamHistory history =
            XStreamHistory.allowing(OldPayment.class).aliased("com.acme.Payment", OldPayment.class);
    private final EventSerializer serializer = new EventSerializer(TYPES, history);
    private TestDatabase database;
    private OrderedStream stream;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        stream = new OrderedStream(database.dataSource(), EventTable.ofSpring());
        store(
                0,
                "com.acme.Payment",
                "null",
                "<com.acme.Payment><paymentId>p1</paymentId><sum>12.50</sum></com.acme.Payment>",
                "<meta-data><entry><string>traceId</string><string>t1</string></entry></meta-data>");
        store(1, "payment.received", "'1'", "{\"paymentId\":\"p2\",\"amount\":3}", "{\"traceId\":\"t2\"}");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void store(int sequence, String name, String revision, String payload, String metadata) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('a', %d, 'Account', gen_random_uuid(), '%s', '%s', %s, '%s', '2026-01-01T00:00:00Z')"""
                        .formatted(sequence, metadata, payload, revision, name));
    }

    private EventReader reader() {
        return new EventReader(TYPES, STEPS, serializer.getObjectMapper(), history, null);
    }

    @Test
    void views_read_xml_and_json_of_one_store_through_the_same_steps() {
        EventReader reader = reader();

        assertThat(stream.read(0, 10).events().stream()
                        .flatMap(stored -> reader.read(stored).stream())
                        .<Object>map(CurrentEvent::payload))
                .containsExactly(
                        new PaymentReceived("p1", new BigDecimal("12.50"), "t1"),
                        new PaymentReceived("p2", new BigDecimal("3"), "t2"));
    }

    @Test
    void aggregates_read_the_same_with_their_metadata() {
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(new OrderedEventStorageEngine(
                        stream, axon -> axon.connectionProvider(new DataSourceConnectionProvider(database.dataSource()))
                                .transactionManager(NoTransactionManager.INSTANCE)
                                .upcasterChain(new EventUpcasterChain(
                                        new StepUpcaster(STEPS, serializer.getObjectMapper(), history, null)))
                                .eventSerializer(serializer)
                                .snapshotSerializer(serializer)))
                .build();

        List<? extends DomainEventMessage<?>> events =
                store.readEvents("a").asStream().toList();

        assertThat(events)
                .<Object>map(EventMessage::getPayload)
                .containsExactly(
                        new PaymentReceived("p1", new BigDecimal("12.50"), "t1"),
                        new PaymentReceived("p2", new BigDecimal("3"), "t2"));
        assertThat(events)
                .<Object>map(EventMessage::getMetaData)
                .containsExactly(MetaData.with("traceId", "t1"), MetaData.with("traceId", "t2"));
        store.shutDown();
    }

    @Test
    void a_type_that_is_not_allowed_makes_the_event_unreadable_and_names_the_type() {
        store(
                2,
                "com.acme.Payment",
                "null",
                "<com.acme.Payment><sum class=\"java.lang.ProcessBuilder\"/></com.acme.Payment>",
                "{}");

        assertThatThrownBy(() -> reader().read(stream.read(2, 1).events().get(0)))
                .isInstanceOf(UnreadableEventException.class)
                .hasCauseInstanceOf(LegacyTypeRefusedException.class)
                .hasMessageContaining(
                        "type 'java.lang.ProcessBuilder' must be on the list of types that may be read from XML, which is [io.changeover.stream.XmlHistoryTest$OldPayment]");
    }
}
