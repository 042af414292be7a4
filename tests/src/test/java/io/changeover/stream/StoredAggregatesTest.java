package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import io.changeover.upcast.StepUpcaster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.ContextAwareEventMultiUpcaster;
import org.axonframework.serialization.upcasting.event.ContextAwareSingleEventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoredAggregatesTest {

    @EventType(name = "account.opened")
    record Opened(String currency) {}

    @EventType(name = "account.credited", revision = 2)
    record Credited(int amount, String currency) {}

    @EventType(name = "account.renamed", revision = 2)
    record Renamed(String from, String to) {}

    /** Carries the currency of an account's first event into each credit. */
    static final class CurrencyOfAccount extends ContextAwareSingleEventUpcaster<Map<String, String>> {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event, Map<String, String> seen) {
            String name = event.getType().getName();
            if (name.equals("account.opened")) {
                seen.put(
                        "currency",
                        event.getData(ObjectNode.class)
                                .getData()
                                .path("currency")
                                .stringValue());
            }
            return event.getType().equals(new SimpleSerializedType("account.credited", "1"));
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(
                IntermediateEventRepresentation event, Map<String, String> seen) {
            return event.upcastPayload(
                    new SimpleSerializedType("account.credited", "2"),
                    ObjectNode.class,
                    payload -> payload.put("currency", seen.getOrDefault("currency", "none")));
        }

        @Override
        protected Map<String, String> buildContext() {
            return new HashMap<>();
        }
    }

    /** Makes one event of the two that a change of name once was. */
    static final class OneRename extends ContextAwareEventMultiUpcaster<Map<String, String>> {

        private static final SimpleSerializedType DROPPED = new SimpleSerializedType("account.name-dropped", "1");
        private static final SimpleSerializedType TAKEN = new SimpleSerializedType("account.renamed", "1");

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event, Map<String, String> seen) {
            return event.getType().equals(DROPPED) || event.getType().equals(TAKEN);
        }

        @Override
        protected Stream<IntermediateEventRepresentation> doUpcast(
                IntermediateEventRepresentation event, Map<String, String> seen) {
            String name = event.getData(ObjectNode.class).getData().path("name").stringValue();
            if (event.getType().equals(DROPPED)) {
                seen.put("from", name);
                return Stream.empty();
            }
            String from = seen.getOrDefault("from", "none");
            return Stream.of(
                    event.upcastPayload(new SimpleSerializedType("account.renamed", "2"), ObjectNode.class, payload -> {
                        payload.removeAll();
                        return payload.put("from", from).put("to", name);
                    }));
        }

        @Override
        protected Map<String, String> buildContext() {
            return new HashMap<>();
        }
    }

    private static final EventTypes TYPES = EventTypes.of(List.of(Opened.class, Credited.class, Renamed.class));
    private static final OneRename RENAME = new OneRename();
    private static final EventSteps STEPS = EventSteps.of(
            List.of(
                    EventStep.from("account.credited", 1)
                            .raw(new CurrencyOfAccount(), Revision.of("account.credited", 2)),
                    EventStep.from("account.name-dropped", 1).raw(RENAME, Revision.of("account.renamed", 2)),
                    EventStep.from("account.renamed", 1).raw(RENAME, Revision.of("account.renamed", 2))),
            TYPES);

    private final EventSerializer serializer = new EventSerializer(TYPES);
    private TestDatabase database;
    private OrderedStream stream;
    private StoredAggregates aggregates;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        stream = new OrderedStream(database.dataSource(), EventTable.ofSpring());
        aggregates = new StoredAggregates(database.dataSource(), EventTable.ofSpring());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String insert(String aggregate, int sequence, String name, String payload) {
        return """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('%s', %d, 'Account', gen_random_uuid(), '{}', '%s', '1', '%s', '2026-01-01T00:00:00Z')"""
                .formatted(aggregate, sequence, payload, name);
    }

    /** Two accounts whose events alternate. */
    private void storeAccounts() {
        database.run(
                insert("a", 0, "account.opened", "{\"currency\":\"EUR\"}"),
                insert("b", 0, "account.opened", "{\"currency\":\"USD\"}"),
                insert("a", 1, "account.credited", "{\"amount\":1}"),
                insert("b", 1, "account.name-dropped", "{\"name\":\"Bo\"}"),
                insert("b", 2, "account.credited", "{\"amount\":2}"),
                insert("a", 2, "account.name-dropped", "{\"name\":\"Ann\"}"),
                insert("a", 3, "account.renamed", "{\"name\":\"Anna\"}"),
                insert("b", 3, "account.renamed", "{\"name\":\"Bob\"}"),
                insert("a", 4, "account.credited", "{\"amount\":3}"));
    }

    private List<Object> readFrom(long position) {
        EventReader reader = new EventReader(TYPES, STEPS, serializer.getObjectMapper(), null, aggregates);
        List<Object> events = new ArrayList<>();
        for (StoredEvent stored : stream.read(position, 100).events()) {
            reader.read(stored).stream().map(CurrentEvent::payload).forEach(events::add);
        }
        return events;
    }

    @Test
    void a_step_with_context_gives_the_same_wherever_reading_begins() {
        storeAccounts();

        Object[] all = {
            new Opened("EUR"),
            new Opened("USD"),
            new Credited(1, "EUR"),
            new Credited(2, "USD"),
            new Renamed("Ann", "Anna"),
            new Renamed("Bo", "Bob"),
            new Credited(3, "EUR")
        };
        // The first halves of the two changes of name, at positions 4 and 6, become nothing.
        int[] leftOut = {0, 1, 2, 3, 3, 4, 4, 5, 6, 7};
        for (int position = 0; position <= 9; position++) {
            assertThat(readFrom(position))
                    .as("read from position %d", position)
                    .containsExactly(java.util.Arrays.copyOfRange(all, leftOut[position], all.length));
        }
    }

    @Test
    void axons_own_readers_see_the_same() {
        storeAccounts();
        StepUpcaster upcaster = new StepUpcaster(STEPS, serializer.getObjectMapper(), null, aggregates);
        EmbeddedEventStore store = EmbeddedEventStore.builder()
                .storageEngine(new OrderedEventStorageEngine(
                        stream, axon -> axon.connectionProvider(new DataSourceConnectionProvider(database.dataSource()))
                                .transactionManager(NoTransactionManager.INSTANCE)
                                .upcasterChain(new EventUpcasterChain(upcaster))
                                .eventSerializer(serializer)
                                .snapshotSerializer(serializer)))
                .build();

        assertThat(store.readEvents("a").asStream().<Object>map(EventMessage::getPayload))
                .containsExactly(
                        new Opened("EUR"), new Credited(1, "EUR"), new Renamed("Ann", "Anna"), new Credited(3, "EUR"));
        assertThat(store.readEvents("b", 2).asStream().<Object>map(EventMessage::getPayload))
                .containsExactly(new Credited(2, "USD"), new Renamed("Bo", "Bob"));
        store.shutDown();
    }

    @Test
    void earlier_events_of_the_aggregate_come_as_stored_and_in_its_own_order() {
        database.run(
                insert("a", 1, "account.credited", "{\"amount\":1}"),
                insert("b", 0, "account.opened", "{\"currency\":\"USD\"}"),
                insert("a", 0, "account.opened", "{\"currency\":\"EUR\"}"),
                insert("a", 2, "account.credited", "{\"amount\":2}"));

        List<StoredEvent> earlier = aggregates.before("Account", "a", 2);

        assertThat(earlier).extracting(StoredEvent::sequence).containsExactly(0L, 1L);
        assertThat(earlier)
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        stream.read(2, 1).events().get(0),
                        stream.read(0, 1).events().get(0)));
        assertThat(aggregates.before("Account", "a", 0)).isEmpty();
        assertThat(aggregates.before("Account", "nobody", 5)).isEmpty();
        assertThat(aggregates.before("Order", "a", 5)).isEmpty();
    }

    @Test
    void what_is_not_committed_is_not_there() {
        try (EventWriter writer = new EventWriter(database.dataSource())) {
            writer.run(insert("a", 0, "account.opened", "{\"currency\":\"EUR\"}"));
            assertThat(aggregates.before("Account", "a", 1)).isEmpty();
            writer.commit();
            assertThat(aggregates.before("Account", "a", 1)).hasSize(1);
        }
    }

    @Test
    void columns_of_other_names_are_read_by_these() {
        database.run(
                "create table public.journal (place bigserial, id text, number bigint, kind text, event text, extra bytea, body bytea, shape text, what text, moment text)",
                "insert into public.journal (id, number, kind, event, body, what, moment) values ('a', 0, 'Account', 'e1', '{}', 'account.opened', '2026-01-01T00:00:00Z')");
        EventTable journal = new EventTable(
                "public.journal",
                "public.snapshots",
                "public.tokens",
                new EventTable.Columns(
                        "place", "id", "number", "kind", "event", "extra", "body", "shape", "what", "moment"));

        assertThat(new StoredAggregates(database.dataSource(), journal).before("Account", "a", 1))
                .extracting(StoredEvent::eventId)
                .containsExactly("e1");
    }

    @Test
    void a_store_that_cannot_be_read_is_told_with_its_name() {
        database.run("alter table public.domain_event_entry rename to gone");

        assertThatThrownBy(() -> aggregates.before("Account", "a", 1))
                .isInstanceOf(EventStoreException.class)
                .hasMessageStartingWith("The event store 'public.domain_event_entry' cannot be read: ")
                .hasMessageEndingWith("; check the database, then try again");
    }
}
