package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two nodes that never poll. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitSignalsTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final String EARS =
            "from pg_stat_activity where datname = current_database() and query like 'listen %'";

    private TestDatabase database;
    private EventWriter writer;
    private CommitSignals writing;
    private CommitSignals reading;
    private StreamFollower follower;

    @BeforeEach
    void start() {
        database = TestDatabase.withStore();
        writer = new EventWriter(database.dataSource());
        writing = new CommitSignals(database.dataSource(), EventTable.ofSpring(), "writing");
        reading = new CommitSignals(database.dataSource(), EventTable.ofSpring(), "reading");
        follower = new StreamFollower(new OrderedStream(database.dataSource(), EventTable.ofSpring()), NEVER);
        reading.onCommit(follower::wake);
        writing.start();
        reading.start();
        TestNode.await(() -> reading.isListening() && writing.isListening());
    }

    @AfterEach
    void stop() {
        writing.close();
        reading.close();
        follower.close();
        writer.close();
        database.close();
    }

    private void append() {
        writer.append("thing.done");
        writer.commit();
        writing.committed();
    }

    private BlockingStream<TrackedEventMessage<?>> open() {
        return new OrderedEventSource(follower, 10).openStream(null);
    }

    @Test
    void a_commit_of_one_node_wakes_the_streams_of_another() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> stream = open()) {
            for (int i = 0; i < 20; i++) {
                append();
                assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
                stream.nextAvailable();
            }
        }
        assertThat(reading.heard()).isBetween(1L, 20L);
    }

    @Test
    void nobody_is_woken_by_a_commit_of_their_own() {
        AtomicInteger woken = new AtomicInteger();
        writing.onCommit(woken::incrementAndGet);
        append();
        TestNode.await(() -> reading.heard() == 1);
        reading.committed();
        TestNode.await(() -> writing.heard() == 1);
        assertThat(woken).hasValue(1);
    }

    @Test
    void what_was_committed_while_the_connection_was_away_is_noticed_when_it_is_back() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> stream = open()) {
            assertThat(stream.hasNextAvailable()).isFalse();
            assertThat(database.value("select count(*) " + EARS)).isEqualTo("2");
            database.run("select pg_terminate_backend(pid) " + EARS);
            writer.append("thing.done");
            writer.commit(); // and the node that wrote it is killed before it tells anybody
            assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
            stream.nextAvailable();
            TestNode.await(() -> reading.isListening() && writing.isListening());
            append();
            assertThat(stream.hasNextAvailable(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_connection_that_was_listened_on_goes_back_to_the_pool_without_ears() {
        reading.close();
        writing.close();
        assertThat(reading.isListening()).isFalse();
        assertThat(database.value("select count(*) " + EARS)).isEqualTo("0");
    }

    @Test
    void stores_of_one_database_do_not_wake_each_other() {
        EventTable other = new EventTable(
                "public.other_events", "public.other_snapshots", "public.other_tokens", EventTable.Columns.ofSpring());
        try (CommitSignals elsewhere = new CommitSignals(database.dataSource(), other, "elsewhere")) {
            elsewhere.start();
            TestNode.await(elsewhere::isListening);
            append();
            TestNode.await(() -> reading.heard() == 1);
            elsewhere.committed();
            append();
            TestNode.await(() -> reading.heard() == 2);
            assertThat(elsewhere.heard()).isZero();
        }
    }
}
