package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.StoredEvent;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedEventSourceTest {

    // Longer than any test: what arrives without a wake-up then came by the poll of another follower.
    private static final Duration NEVER = Duration.ofHours(1);

    private TestDatabase database;
    private OrderedStream stream;
    private StreamFollower follower;
    private EventWriter writer;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        stream = new OrderedStream(database.dataSource(), EventTable.ofSpring());
        follower = new StreamFollower(stream, NEVER);
        writer = new EventWriter(database.dataSource());
    }

    @AfterEach
    void close() {
        follower.close();
        writer.close();
        database.close();
    }

    @Test
    void a_message_carries_the_stored_event_untouched() throws InterruptedException {
        append("thing.done");
        try (BlockingStream<TrackedEventMessage<?>> open = new OrderedEventSource(follower, 10).openStream(null)) {
            TrackedEventMessage<?> message = open.nextAvailable();

            StoredEvent event = (StoredEvent) message.getPayload();
            assertThat(event)
                    .usingRecursiveComparison()
                    .isEqualTo(stream.read(0, 1).events().get(0));
            assertThat(message.trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(1));
            assertThat(message.getIdentifier()).isEqualTo(event.eventId());
            assertThat(message.getTimestamp()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(message).isInstanceOfSatisfying(DomainEventMessage.class, domain -> assertThat(
                            domain.getAggregateIdentifier())
                    .isEqualTo(event.aggregateId()));
        }
    }

    @Test
    void a_stream_goes_on_after_its_token_page_by_page() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            append("thing.done");
        }
        try (BlockingStream<TrackedEventMessage<?>> open =
                new OrderedEventSource(follower, 2).openStream(GapAwareTrackingToken.newInstance(2, List.of()))) {
            for (long position = 3; position <= 7; position++) {
                assertThat(open.peek().orElseThrow().trackingToken())
                        .isEqualTo(new GlobalSequenceTrackingToken(position));
                assertThat(open.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(position));
            }
            assertThat(open.hasNextAvailable()).isFalse();
            assertThat(open.peek()).isEmpty();
        }
    }

    @Test
    void events_with_other_names_stay_in_the_database() throws InterruptedException {
        append("thing.undone");
        append("thing.done");
        append("thing.undone");
        try (BlockingStream<TrackedEventMessage<?>> open =
                new OrderedEventSource(follower, 1, Set.of("thing.done")).openStream(null)) {
            assertThat(open.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
            assertThat(open.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void a_commit_of_this_node_wakes_the_stream_at_once() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> open = new OrderedEventSource(follower, 10).openStream(null)) {
            Semaphore called = new Semaphore(0);
            assertThat(open.setOnAvailableCallback(called::release)).isTrue();
            assertThat(called.tryAcquire()).isTrue();
            assertThat(open.hasNextAvailable()).isFalse();

            append("thing.done");
            follower.wake();

            assertThat(open.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
            assertThat(called.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_commit_of_another_node_is_found_by_polling() throws InterruptedException {
        try (StreamFollower polling = new StreamFollower(stream, Duration.ofMillis(5));
                BlockingStream<TrackedEventMessage<?>> open = new OrderedEventSource(polling, 10).openStream(null)) {
            assertThat(open.hasNextAvailable()).isFalse();

            append("thing.done");

            assertThat(open.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_gap_that_ends_by_rollback_is_found_by_polling() throws InterruptedException {
        try (EventWriter slow = new EventWriter(database.dataSource());
                StreamFollower polling = new StreamFollower(stream, Duration.ofMillis(5));
                BlockingStream<TrackedEventMessage<?>> open = new OrderedEventSource(polling, 10).openStream(null)) {
            slow.append("thing.done");
            append("thing.done");
            assertThat(open.hasNextAvailable(50, TimeUnit.MILLISECONDS)).isFalse();

            slow.rollback();

            assertThat(open.nextAvailable().trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
        }
    }

    @Test
    void the_head_is_the_horizon_and_the_tail_lies_before_everything() {
        OrderedEventSource source = new OrderedEventSource(follower, 10);
        append("thing.done");
        try (EventWriter slow = new EventWriter(database.dataSource())) {
            slow.append("thing.done");
            append("thing.done");

            assertThat(source.createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
            assertThat(source.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(1));
            assertThat(source.createTokenAt(Instant.parse("2025-12-31T00:00:00Z")))
                    .isEqualTo(new GlobalSequenceTrackingToken(0));
        }
    }

    @Test
    void a_closed_stream_gives_nothing_more() throws InterruptedException {
        append("thing.done");
        BlockingStream<TrackedEventMessage<?>> open = new OrderedEventSource(follower, 10).openStream(null);
        open.close();

        assertThat(open.hasNextAvailable(1, TimeUnit.MINUTES)).isFalse();
        assertThatThrownBy(open::nextAvailable)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The stream is closed; open another one");
    }

    @Test
    void senseless_settings_are_refused() {
        assertThatThrownBy(() -> new OrderedEventSource(follower, 0))
                .hasMessage("Page size 0 must be at least 1; set a greater one");
        assertThatThrownBy(() -> new StreamFollower(stream, Duration.ZERO))
                .hasMessage("Poll interval PT0S must be at least 1 ms; set a longer one");
    }

    private void append(String name) {
        writer.append(name);
        writer.commit();
    }
}
