package io.changeover.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.changeover.examples.orders.board.OrderBoard;
import io.changeover.operation.ConsumerHistory;
import io.changeover.operation.ConsumerOperations;
import io.changeover.operation.ConsumerRead;
import io.changeover.operation.ConsumerStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.serving.ReadTally;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.ReaderIdentity;
import io.changeover.serving.Reason;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsumerReadsTest {

    private static final Request ANN = Request.by("ann");
    private static final String VIEW = "order-board";

    /** Meters that a test can look at. */
    @Configuration(proxyBeanMethods = false)
    static class WithMeters {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    private final TestDatabase database = TestDatabase.withStore();

    @AfterEach
    void drop() {
        database.close();
    }

    private TestNode node(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "changeover.node-id", name,
                "changeover.consumers.interval", "20ms",
                "changeover.consumers.web-shop.owner", "sales",
                "changeover.consumers.web-shop.views", VIEW,
                "changeover.consumers.tax.owner", "books",
                "changeover.consumers.tax.views", "customer-account,order-board@1"));
        all.putAll(settings);
        return TestNode.start(database, all, MovableClock.Moved.class, WithMeters.class);
    }

    private static void read(TestNode node, String consumer, int calls) {
        Reader reader = Reader.of("r").countedAs(new ReaderIdentity(consumer, ""));
        ReaderContext.callAs(reader, () -> {
            for (int call = 0; call < calls; call++) {
                node.get(OrderBoard.class).byId("10100");
            }
            return null;
        });
    }

    private static void moveAll(TestNode node) {
        node.operations().declare(VIEW, 2, ANN);
        node.backfill(VIEW);
        node.awaitCaughtUp("order-board@2");
        node.operations().verify(VIEW, ANN);
        node.operations().shift(VIEW, 100, ANN);
    }

    private static void complete(TestNode node) {
        // A slow machine may not have told for a whole interval when it is asked first.
        TestNode.await(() -> {
            try {
                return node.operations().complete(VIEW, ANN).phase().equals("completed");
            } catch (OperationRefusedException e) {
                if (e.rule().equals("readers-unknown")) {
                    return false;
                }
                throw e;
            }
        });
    }

    private long counted(String where) {
        return Long.parseLong(database.value(
                "select coalesce(sum(calls), 0) from changeover.consumer_read where %s".formatted(where)));
    }

    @Test
    void each_call_is_counted_once_whatever_readers_and_shifts_do_at_the_same_time() throws InterruptedException {
        AtomicBoolean end = new AtomicBoolean();
        Map<String, AtomicLong> made = Map.of("web-shop", new AtomicLong(), "tax", new AtomicLong());
        try (TestNode node = node("one", Map.of())) {
            node.awaitCaughtUp("order-board@1");
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String consumer = i % 2 == 0 ? "web-shop" : "tax";
                Thread reader = new Thread(() -> {
                    while (!end.get()) {
                        read(node, consumer, 10);
                        made.get(consumer).addAndGet(10);
                    }
                });
                reader.start();
                readers.add(reader);
            }
            moveAll(node);
            TestNode.await(() -> counted("version = 2") > 0);
            node.operations().rollBack(VIEW, ANN);
            node.operations().shift(VIEW, 100, ANN);
            end.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
        }
        made.forEach((consumer, calls) -> assertThat(counted("consumer = '%s'".formatted(consumer)))
                .as(consumer)
                .isEqualTo(calls.get()));
        assertThat(counted("version = 1")).isPositive();
        assertThat(counted("day <> '2026-03-10'")).isZero();
    }

    @Test
    void counts_wait_for_a_database_that_is_away_and_none_is_lost_or_counted_twice() {
        try (TestNode node = node("one", Map.of("changeover.consumers.interval", "1h"))) {
            node.awaitCaughtUp("order-board@1");
            ReadCollector collector = node.get(ReadCollector.class);
            read(node, "web-shop", 3);
            database.run("alter table changeover.consumer_read rename to away");
            assertThatThrownBy(collector::takeIn).isInstanceOf(DataAccessException.class);
            read(node, "web-shop", 4);
            assertThatThrownBy(collector::takeIn).isInstanceOf(DataAccessException.class);
            database.run("alter table changeover.away rename to consumer_read");
            collector.takeIn();
            assertThat(counted("true")).isEqualTo(7);
            collector.takeIn();
            assertThat(counted("true")).isEqualTo(7);
            read(node, "web-shop", 5);
        }
        assertThat(counted("true"))
                .as("what was read before the node was stopped")
                .isEqualTo(12);
    }

    @Test
    void counts_that_arrive_twice_are_added_once() {
        try (TestNode node = node("one", Map.of("changeover.consumers.interval", "1h"))) {
            ReadStore store = node.get(ReadStore.class);
            Batch batch = new Batch(UUID.randomUUID());
            batch.add(new ReadTally(VIEW, 1, Reason.SERVING, 0, new ReaderIdentity("tax", ""), 5), MovableClock.START);
            store.add(batch);
            store.add(batch);
            assertThat(counted("consumer = 'tax'")).isEqualTo(5);
        }
    }

    @Test
    void a_changeover_is_completed_only_when_nobody_reads_the_old_version() {
        Map<String, String> stays = Map.of("changeover.views.order-board.serve", "1");
        try (TestNode node = node("one", Map.of())) {
            try (TestNode staying = node("two", stays)) {
                node.awaitCaughtUp("order-board@1");
                read(node, "web-shop", 9); // before readers were moved
                moveAll(node);
                read(staying, "tax", 2);
                read(staying, "somebody", 1);
                TestNode.await(() -> counted("version = 1") == 12);
                assertThatExceptionOfType(OperationRefusedException.class)
                        .isThrownBy(() -> complete(node))
                        .satisfies(refused -> assertThat(refused.rule()).isEqualTo("still-read"))
                        .withMessage(
                                "Version 1 of view 'order-board' is still read although all readers have moved to version 2: by tax (declared, 2 calls, last noticed at 2026-03-10T23:30:00Z), somebody (undeclared, 1 call, last noticed at 2026-03-10T23:30:00Z); a version is given up only when nobody reads it, so find out what keeps them there and move them");
                node.get(MovableClock.class).move(Duration.ofMinutes(16));
                assertThatExceptionOfType(OperationRefusedException.class)
                        .isThrownBy(() -> complete(node))
                        .satisfies(refused -> assertThat(refused.rule()).isEqualTo("complete-while-configured"));
            }
            complete(node);
            assertThat(node.operations().view(VIEW).serving()).isEqualTo(2);
        }
    }

    @Test
    void it_is_not_completed_before_every_node_has_told_who_reads() {
        try (TestNode node = node("one", Map.of());
                TestNode silent = node(
                        "two",
                        Map.of(
                                "changeover.consumers.interval",
                                "1h",
                                "changeover.serving.acknowledgement-wait",
                                "0s"))) {
            node.awaitCaughtUp("order-board@1");
            moveAll(node);
            TestNode.await(() -> node.get(ReadStore.class).untold(VIEW, 0).equals(List.of("two")));
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> silent.operations().complete(VIEW, ANN))
                    .satisfies(refused -> assertThat(refused.rule()).isEqualTo("readers-unknown"))
                    .withMessageMatching(
                            "It is not known yet who still reads version 1 of view 'order-board', because not all nodes have told it since readers were moved last: (one, )?two; ask again in 7201 s, and if they still have not, look into their logs");
            silent.get(ReadCollector.class).collect();
            assertThat(silent.get(ReadStore.class).untold(VIEW, 0)).contains("two");
            silent.get(ReadCollector.class).collect();
            complete(node);
        }
    }

    @Test
    void reads_that_nobody_has_declared_are_marked_and_consumers_that_were_never_seen_too() {
        try (TestNode node = node("one", Map.of())) {
            node.awaitCaughtUp("order-board@1");
            read(node, "tax", 2);
            read(node, "cron", 3);
            TestNode.await(() -> counted("true") == 5);
            node.get(MovableClock.class).move(Duration.ofHours(1)); // into the next day
            read(node, "cron", 4);
            ConsumerOperations consumers = node.get(ConsumerOperations.class);
            TestNode.await(() -> counted("true") == 9);
            assertThat(consumers.consumers(null))
                    .extracting(ConsumerStatus::name, ConsumerStatus::declared, status -> status.lastSeen() == null)
                    .containsExactly(
                            tuple("tax", true, false), tuple("web-shop", true, true), tuple("cron", false, false));
            ConsumerHistory cron = consumers.consumer("cron", VIEW);
            assertThat(cron.consumer().reads()).hasSize(1);
            ConsumerRead read = cron.consumer().reads().get(0);
            assertThat(read.version()).isEqualTo("order-board@1");
            assertThat(read.declared()).isFalse();
            assertThat(read.callsToday()).isEqualTo(4);
            assertThat(read.callsInWeek()).isEqualTo(7);
            assertThat(cron.days()).extracting(ObservedDay::calls).containsExactly(4L, 3L);
            assertThat(consumers.consumers("customer-account"))
                    .extracting(ConsumerStatus::name)
                    .containsExactly("tax");
            assertThatThrownBy(() -> consumers.consumer("nobody", null))
                    .hasMessage(
                            "There is no consumer 'nobody': it is neither declared nor was it seen; list the consumers to see which there are");
            assertThatThrownBy(() -> consumers.consumers("board"))
                    .hasMessage(
                            "There is no view 'board'; the declared views are: customer-account, order-board, sales-fact");
            MeterRegistry meters = node.get(MeterRegistry.class);
            assertThat(meters.get("changeover.reads")
                            .tags("view", VIEW, "version", "1", "consumer", "undeclared")
                            .functionCounter()
                            .count())
                    .isEqualTo(7);
            assertThat(meters.get("changeover.consumers.undeclared")
                            .tags("view", VIEW)
                            .functionCounter()
                            .count())
                    .isEqualTo(7);
            assertThat(meters.find("changeover.reads").tags("consumer", "cron").functionCounter())
                    .isNull();
        }
    }

    @Test
    void what_is_older_than_is_kept_is_removed_when_a_day_begins() {
        try (TestNode node = node("one", Map.of("changeover.consumers.keep", "2d"))) {
            node.awaitCaughtUp("order-board@1");
            read(node, "tax", 1);
            TestNode.await(() -> counted("true") == 1);
            node.get(MovableClock.class).move(Duration.ofDays(2));
            read(node, "tax", 1);
            TestNode.await(() -> counted("true") == 2);
            node.get(MovableClock.class).move(Duration.ofDays(1));
            TestNode.await(() -> counted("true") == 1);
            assertThat(counted("day = '2026-03-12'")).isEqualTo(1);
        }
    }
}
