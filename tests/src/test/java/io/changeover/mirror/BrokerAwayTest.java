package io.changeover.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.ledger.LedgerDomain;
import io.changeover.ledger.LedgerNode;
import io.changeover.ledger.LedgerStore;
import io.changeover.operation.MirrorOperations;
import io.changeover.operation.TopicOperations;
import io.changeover.publish.Topic;
import io.changeover.publish.TopicState;
import io.changeover.testkit.BrokerProcess;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.testkit.TopicReader;
import io.changeover.testkit.TopicReader.Read;
import io.changeover.upcast.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A ledger that publishes a topic and a node on another database that follows it, while the broker between them ends, or
 * cannot be reached, and events are written all the time. The tests' own looks at the broker go by another way.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokerAwayTest {

    private static final String TOPIC = "ledger." + UUID.randomUUID();
    private static final int PARTITIONS = 3;
    private static final long WRITER_PAUSE = 20_000_000;

    @TempDir
    private static Path folder;

    private static BrokerProcess broker;

    private static final TestDatabase ORIGIN = TestDatabase.empty();
    private static final TestDatabase OTHER = TestDatabase.empty();
    private static final LedgerStore LEDGER = new LedgerStore(ORIGIN);
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static TestNode publishing;
    private static TestNode following;

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Origin {

        @Bean
        Topic ledgerTopic() {
            return Topic.of(
                            TOPIC,
                            Revision.of("account.opened", 1),
                            Revision.of("account.credited", 2),
                            Revision.of("account.closed", 1))
                    .inPartitions(PARTITIONS)
                    .replicated(1);
        }
    }

    /** Writes accounts until it is ended; what fails is thrown to who asks how many there are. */
    private static final class Writer implements AutoCloseable {

        private final CompletableFuture<Void> work = CompletableFuture.runAsync(this::write);
        private volatile boolean ended;

        private void write() {
            while (!ended) {
                int number = ACCOUNTS.incrementAndGet();
                String account = "a-" + number;
                LEDGER.opened(account);
                LEDGER.credited(account, number);
                LEDGER.creditedAsOfOld(account, account, 1);
                if (number % 5 == 0) {
                    LEDGER.closed(account);
                }
                LockSupport.parkNanos(WRITER_PAUSE);
            }
        }

        /** Events that were written by now. */
        long written() {
            if (work.isDone()) {
                var unused = work.join();
            }
            return Long.parseLong(ORIGIN.value("select count(*) from domain_event_entry where type = 'Account'"));
        }

        /** Waits for the condition while it writes, and ends with its failure. */
        void await(BooleanSupplier condition) {
            TestNode.await(() -> {
                if (work.isCompletedExceptionally()) {
                    var unused = work.join();
                }
                return condition.getAsBoolean();
            });
        }

        @Override
        public void close() {
            ended = true;
            var unused = work.join();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        broker = new BrokerProcess(folder);
        // What is shown does not depend on how long clients wait, and by default they wait long.
        publishing = LedgerNode.start(
                ORIGIN,
                Map.of(
                        "changeover.publish.kafka.bootstrap.servers", broker.proxiedServers(),
                        "changeover.publish.kafka.request.timeout.ms", "2000",
                        "changeover.publish.kafka.default.api.timeout.ms", "4000",
                        "changeover.publish.producer.request.timeout.ms", "2000",
                        "changeover.publish.producer.delivery.timeout.ms", "4000",
                        "changeover.publish.producer.max.block.ms", "4000",
                        "changeover.publish.retry-interval", "20ms"),
                LedgerDomain.WithStep.class,
                Origin.class);
        following = LedgerNode.start(
                OTHER,
                Map.of(
                        "changeover.node-id", "following",
                        "changeover.mirror.topic", TOPIC,
                        "changeover.mirror.records", "50",
                        "changeover.mirror.retry-interval", "20ms",
                        "changeover.mirror.kafka.bootstrap.servers", broker.proxiedServers(),
                        "changeover.mirror.consumer.heartbeat.interval.ms", "500",
                        "changeover.mirror.consumer.session.timeout.ms", "6000"),
                LedgerDomain.WithStep.class);
    }

    @AfterAll
    static void end() throws IOException {
        try {
            following.close();
            publishing.close();
        } finally {
            broker.close();
            ORIGIN.close();
            OTHER.close();
        }
    }

    private static long head() {
        return Long.parseLong(
                ORIGIN.value("select coalesce(max(global_index), 0) from domain_event_entry where type = 'Account'"));
    }

    private static MirrorState mirror() {
        return following.get(MirrorOperations.class).mirror();
    }

    private static boolean isCarried(long position) {
        return mirror().position() >= position;
    }

    /** Says how long it took until what was written up to now is at the other end. */
    private static void recovered(Writer writer, String from, long writtenBefore) {
        long begun = System.nanoTime();
        long written = writer.written() - writtenBefore;
        long head = head();
        writer.await(() -> isCarried(head));
        System.out.printf(
                Locale.ROOT,
                "after %s: %d events written meanwhile were carried %.1f s later%n",
                from,
                written,
                (System.nanoTime() - begun) / 1e9);
    }

    private static void assertNothingIsLost() {
        long head = head();
        TestNode.await(
                () -> isCarried(head) && mirror().partitions().stream().allMatch(partition -> partition.behind() == 0));
        following.awaitCaughtUp("balance@1");
        publishing.awaitCaughtUp("balance@1");
        assertThat(MirroredLedgerTest.events(OTHER, "changeover.mirrored_event"))
                .isEqualTo(MirroredLedgerTest.events(ORIGIN, "domain_event_entry"));
        assertThat(MirroredLedgerTest.balances(OTHER)).isEqualTo(MirroredLedgerTest.balances(ORIGIN));

        List<Read> read = TopicReader.all(broker.servers(), TOPIC);
        assertThat(read.stream().map(each -> each.headers().get("event-id")).sorted())
                .containsExactly(ORIGIN.value(
                                "select string_agg(event_identifier, ',' order by event_identifier collate \"C\") from domain_event_entry where type = 'Account'")
                        .split(","));
        Map<Integer, Long> last = new HashMap<>();
        for (Read each : read) {
            assertThat(each.position()).isGreaterThan(last.getOrDefault(each.partition(), 0L));
            last.put(each.partition(), each.position());
        }
        TestNode.await(() -> topic().behind() == 0 && topic().failure() == null);
        TestNode.await(() -> mirror().failure() == null);
    }

    private static boolean isToldOfAll(String failure) {
        return failure != null
                && Stream.of("-0", "-1", "-2", ".marks-0").allMatch(partition -> failure.contains(TOPIC + partition));
    }

    private static TopicState topic() {
        return publishing.get(TopicOperations.class).topics().get(0);
    }

    @Test
    void a_broker_that_is_killed_or_stopped_and_started_again_costs_no_event() {
        try (Writer writer = new Writer()) {
            writer.await(() -> mirror().position() > 0);
            // As a node that has ended since could have left it.
            OTHER.run("update changeover.mirror set failure = 'said long ago', failed_at = now() - interval '1 day'");
            for (boolean killed : List.of(true, false)) {
                long before = writer.written();
                if (killed) {
                    broker.kill();
                } else {
                    broker.stop();
                }
                writer.await(() -> writer.written() > before + 50);
                broker.start();
                recovered(writer, killed ? "kill -9" : "an orderly stop", before);
            }
        }
        assertNothingIsLost();
    }

    @Test
    void a_broker_that_cannot_be_reached_costs_no_event_and_both_sides_say_so() {
        try (Writer writer = new Writer()) {
            writer.await(() -> mirror().position() > 0 && mirror().failure() == null);
            for (boolean severed : List.of(false, true)) {
                long before = writer.written();
                broker.way().cut();
                writer.await(() -> topic().failure() != null && mirror().failure() != null);
                assertThat(topic().failure())
                        .startsWith("The brokers at '%s' have not done in time what they were asked: "
                                .formatted(broker.proxiedServers()));
                // A partition that was quiet before the cut is told of first, and the others with it soon.
                writer.await(() -> isToldOfAll(mirror().failure()));
                assertThat(mirror().failure().replaceFirst("for \\d+ s", "for some time"))
                        .isEqualTo(
                                "The brokers at '%1$s' have not answered for some time about %2$s-0, %2$s-1, %2$s-2, %2$s.marks-0, so what has come to topic '%2$s' since is not here; nothing is lost. Mend the brokers, or the way to them; it goes on by itself once they answer"
                                        .formatted(broker.proxiedServers(), TOPIC));
                if (severed) {
                    broker.way().sever();
                    long then = writer.written();
                    writer.await(() -> writer.written() > then + 50);
                }
                broker.way().mend();
                recovered(writer, severed ? "a cut that ended the connections" : "a cut that nobody noticed", before);
                writer.await(() -> topic().failure() == null && mirror().failure() == null);
            }
        } finally {
            broker.way().mend(); // or the other test would fail of this one
        }
        assertNothingIsLost();
    }
}
