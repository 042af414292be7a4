package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.RevisedPayload;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.MultiSourceTrackingToken;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedEventStorageEngineTest {

    @EventType(name = "thing.done", revision = 2)
    record ThingDone(String text) {}

    private TestDatabase database;
    private OrderedEventStorageEngine engine;
    private EmbeddedEventStore store;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        EventSerializer serializer = new EventSerializer(EventTypes.of(List.of(ThingDone.class)));
        engine = new OrderedEventStorageEngine(
                new OrderedStream(database.dataSource(), EventTable.ofSpring()),
                axon -> axon.connectionProvider(new DataSourceConnectionProvider(database.dataSource()))
                        .transactionManager(NoTransactionManager.INSTANCE)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer));
        store = EmbeddedEventStore.builder()
                .storageEngine(engine)
                .fetchDelay(20)
                .build();
    }

    @AfterEach
    void close() {
        store.shutDown();
        database.close();
    }

    @Test
    void an_aggregate_is_read_as_it_was_appended() {
        append("a", 0, new ThingDone("one"));
        append("a", 1, new ThingDone("two"));

        assertThat(store.readEvents("a").asStream().<Object>map(EventMessage::getPayload))
                .containsExactly(new ThingDone("one"), new ThingDone("two"));
        assertThat(store.lastSequenceNumberFor("a")).contains(1L);
    }

    @Test
    void a_sequence_number_that_is_taken_is_refused() {
        append("a", 0, new ThingDone("one"));
        append("a", 1, new ThingDone("two"));

        assertThatThrownBy(() -> append("a", 1, new ThingDone("again"))).isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void an_event_is_stored_under_its_name_and_current_revision() {
        append("a", 0, new ThingDone("one"));

        assertThat(stored()).isEqualTo("thing.done@2 {\"text\":\"one\"}");
    }

    @Test
    void a_revised_payload_is_stored_under_its_own_name_and_revision() {
        ObjectNode payload = JsonMapper.shared().createObjectNode().put("oldText", "one");
        append("a", 0, new RevisedPayload("thing.done", "1", payload));

        assertThat(stored()).isEqualTo("thing.done@1 {\"oldText\":\"one\"}");
    }

    @Test
    void a_tracked_stream_delivers_everything_in_order_and_then_what_comes() throws InterruptedException {
        append("a", 0, new ThingDone("one"));
        store.publish(GenericEventMessage.asEventMessage(new ThingDone("two")));
        try (var stream = store.openStream(null)) {
            TrackedEventMessage<?> first = stream.nextAvailable();
            assertThat(first.getPayload()).isEqualTo(new ThingDone("one"));
            assertThat(first.trackingToken()).isEqualTo(token(1));
            assertThat(stream.nextAvailable().getPayload()).isEqualTo(new ThingDone("two"));
            append("a", 1, new ThingDone("three"));
            assertThat(stream.nextAvailable().getPayload()).isEqualTo(new ThingDone("three"));
        }
    }

    @Test
    void a_tracked_stream_waits_for_a_transaction_that_commits_late() throws InterruptedException {
        try (EventWriter slow = new EventWriter(database.dataSource());
                var stream = store.openStream(null)) {
            slow.append("thing.done");
            append("a", 0, new ThingDone("one"));
            assertThat(stream.hasNextAvailable(100, TimeUnit.MILLISECONDS)).isFalse();
            slow.commit();
            assertThat(stream.nextAvailable().trackingToken()).isEqualTo(token(1));
            assertThat(stream.nextAvailable().trackingToken()).isEqualTo(token(2));
        }
    }

    @Test
    void the_head_is_the_horizon_so_that_a_processor_that_starts_there_skips_nothing() {
        assertThat(engine.createTailToken()).isEqualTo(token(0));
        assertThat(engine.createHeadToken()).isEqualTo(token(0));
        append("a", 0, new ThingDone("one"));
        try (EventWriter slow = new EventWriter(database.dataSource())) {
            slow.append("thing.done");
            append("a", 1, new ThingDone("two"));

            assertThat(engine.createHeadToken()).isEqualTo(token(1));
            slow.commit();
            assertThat(engine.createHeadToken()).isEqualTo(token(3));
        }
    }

    @Test
    void a_token_with_gaps_means_the_position_below_the_lowest() {
        for (int i = 0; i < 6; i++) {
            append("a", i, new ThingDone("text"));
        }

        assertThat(tokens(GapAwareTrackingToken.newInstance(5, List.of(2L, 4L))))
                .containsExactly(token(2), token(3), token(4), token(5), token(6));
        assertThat(tokens(token(5))).containsExactly(token(6));
    }

    @Test
    void a_token_of_another_store_is_refused() {
        assertThatThrownBy(() -> tokens(new MultiSourceTrackingToken(Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Token 'MultiSourceTrackingToken{}' of class MultiSourceTrackingToken must be a GlobalSequenceTrackingToken or a GapAwareTrackingToken; reset the processor, or let it read its own source");
    }

    @Test
    void a_processor_goes_on_from_a_token_with_gaps_that_axons_own_engine_left() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            append("a", i, new ThingDone("text " + (i + 1)));
        }
        InMemoryTokenStore tokens = new InMemoryTokenStore();
        tokens.initializeTokenSegments("old", 1, GapAwareTrackingToken.newInstance(4, List.of(3L)));
        BlockingQueue<Object> handled = new LinkedBlockingQueue<>();
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name("old")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(List.of(new Recorder(handled)))
                        .build())
                .messageSource(store)
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.INSTANCE)
                .coordinatorExecutor(name -> Executors.newSingleThreadScheduledExecutor())
                .workerExecutor(name -> Executors.newSingleThreadScheduledExecutor())
                .initialSegmentCount(1)
                .build();
        processor.start();
        try {
            assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(new ThingDone("text 3"));
            Object next = handled.poll(30, TimeUnit.SECONDS);
            assertThat(next).isIn(new ThingDone("text 4"), new ThingDone("text 5"));
        } finally {
            processor.shutdownAsync().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    record Recorder(BlockingQueue<Object> handled) {
        @EventHandler
        void on(ThingDone event) {
            handled.add(event);
        }
    }

    private void append(String aggregate, long sequence, Object payload) {
        store.publish(new GenericDomainEventMessage<>("Thing", aggregate, sequence, payload));
    }

    private String stored() {
        return database.value(
                "select payload_type || '@' || payload_revision || ' ' || convert_from(payload, 'utf8') from domain_event_entry");
    }

    private List<TrackingToken> tokens(TrackingToken after) {
        return engine.readEvents(after, false)
                .<TrackingToken>map(TrackedEventMessage::trackingToken)
                .toList();
    }

    private static TrackingToken token(long position) {
        return GapAwareTrackingToken.newInstance(position, List.of());
    }
}
