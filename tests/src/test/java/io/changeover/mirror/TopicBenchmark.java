package io.changeover.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.StoredEvent;
import io.changeover.ledger.LedgerDomain;
import io.changeover.ledger.LedgerNode;
import io.changeover.ledger.LedgerStore;
import io.changeover.projection.ProjectionStore;
import io.changeover.publish.PublishOptions;
import io.changeover.publish.Publishing;
import io.changeover.publish.Topic;
import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.testkit.TestBroker;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What it takes to publish events to a topic, and to carry them into another database, against a bare producer and a bare
 * consumer of the same records in the same run. Run by {@code bin/benchmark topics}, and not with the tests: it prints
 * figures, and fails only when events are missing.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TopicBenchmark {

    private static final int EVENTS = Integer.getInteger("topics.events", 300_000);
    private static final int ROUNDS = Integer.getInteger("topics.rounds", 3);
    private static final int ACCOUNTS = 1_000;
    private static final int BATCH = 10_000;
    private static final int PARTITIONS = 6;
    private static final int TRANSACTION = Integer.getInteger("topics.transaction", 10_000);
    private static final int PAGE = 20_000;
    private static final double GOAL = 0.6;
    private static final double NANOS = 1e9;
    private static final Path REPORT = Path.of("target/topic-benchmark.txt");
    private static final Map<String, Object> KAFKA = Map.of("bootstrap.servers", TestBroker.servers());

    @Test
    void publishing_and_carrying() throws Exception {
        Files.deleteIfExists(REPORT);
        try (TestDatabase origin = TestDatabase.empty();
                TestNode node = LedgerNode.start(origin, Map.of(), LedgerDomain.WithStep.class)) {
            new LedgerStore(origin).creditedNow(ACCOUNTS, EVENTS);
            origin.run("analyze public.domain_event_entry");
            List<StoredEvent> events = read(node.get(OrderedStream.class));
            line(
                    "%d cores, Java %s, load %.1f before; broker, both databases and all clients in or beside one JVM",
                    Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), load());
            line(
                    "%,d events of %d bytes of payload, %d partitions",
                    EVENTS, events.get(0).payload().length, PARTITIONS);
            for (int round = 1; round <= ROUNDS; round++) {
                round(round, node, events);
            }
            line("load %.1f after", load());
        }
    }

    private static void round(int round, TestNode node, List<StoredEvent> events) throws Exception {
        String bare = "bare." + UUID.randomUUID();
        try (Admin admin = Admin.create(KAFKA)) {
            admin.createTopics(List.of(new NewTopic(bare, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        double produced = produce(bare, events);
        Topic topic = Topic.of("topic." + UUID.randomUUID(), Revision.of("account.credited", 2))
                .inPartitions(PARTITIONS)
                .replicated(1);
        double published = publish(topic, node, events.get(events.size() - 1).position());
        double consumed = consume(topic.name());
        double copied = copy(topic.name());
        double carried = carry(topic.name(), events.get(events.size() - 1).position());
        line(
                "round %d: bare producer %,.0f events/s, published %,.0f: %.0f %% of it (goal 60 %%, %s)",
                round,
                produced,
                published,
                100 * published / produced,
                published / produced < GOAL ? "MISSED" : "reached");
        line(
                "         bare consumer %,.0f events/s, carried into a database %,.0f: %.0f %% of it (goal 60 %%, %s)",
                consumed, carried, 100 * carried / consumed, carried / consumed < GOAL ? "MISSED" : "reached");
        line(
                "         the same events by COPY alone, from memory into the same table, without broker: %,.0f events/s; carried: %.0f %% of it",
                copied, 100 * carried / copied);
    }

    private static List<StoredEvent> read(OrderedStream stream) {
        List<StoredEvent> events = new ArrayList<>(EVENTS);
        long position = 0;
        while (events.size() < EVENTS) {
            Page page = stream.read(position, PAGE, Set.of("account.credited"));
            events.addAll(page.events());
            position = page.position();
        }
        return events;
    }

    /** The same keys, payloads and headers, without transactions, with the same settings otherwise. */
    private static double produce(String topic, List<StoredEvent> events) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestBroker.servers(),
                "acks",
                "all",
                "linger.ms",
                2,
                "batch.size",
                256 * 1024,
                "compression.type",
                "lz4");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.partitionsFor(topic);
            long begun = System.nanoTime();
            for (StoredEvent event : events) {
                List<Header> headers = List.of(
                        header("event-name", event.name()),
                        header("event-revision", String.valueOf(event.revision())),
                        header("event-position", Long.toString(event.position())),
                        header("event-id", event.eventId()),
                        header("event-time", event.time().toString()),
                        header("aggregate-type", String.valueOf(event.aggregateType())),
                        header("aggregate-sequence", Long.toString(event.sequence())));
                var unusedToo = producer.send(new ProducerRecord<>(
                        topic,
                        null,
                        0L,
                        event.aggregateId().getBytes(StandardCharsets.UTF_8),
                        event.payload(),
                        headers));
            }
            producer.flush();
            return events.size() * NANOS / (System.nanoTime() - begun);
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** From the first transaction to the last, so without what it takes to find the topic. */
    private static double publish(Topic topic, TestNode node, long last) {
        Duration soon = Duration.ofMillis(5);
        try (Publishing publishing = new Publishing(
                List.of(topic),
                node.get(OrderedStream.class),
                node.get(EventReader.class),
                node.get(EventSteps.class),
                node.get(ProjectionStore.class),
                new PublishOptions(TRANSACTION, soon, soon, soon, KAFKA, Map.of()))) {
            publishing.start();
            while (publishing.status().get(0).position() == 0) {
                Thread.onSpinWait();
            }
            long begun = System.nanoTime();
            long before = publishing.status().get(0).position();
            TestNode.await(() -> publishing.status().get(0).position() >= last);
            return (last - before) * NANOS / (System.nanoTime() - begun);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestBroker.servers(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        10_000,
                        "fetch.max.bytes",
                        32 * 1024 * 1024,
                        "max.partition.fetch.bytes",
                        4 * 1024 * 1024),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
        return consumer;
    }

    /** What the database alone takes: nobody can carry faster than that with this table. */
    private static double copy(String topic) throws Exception {
        List<CarriedEvent> events = new ArrayList<>(EVENTS);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            while (events.size() < EVENTS) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    events.add(CarriedEvent.of(record));
                }
            }
        }
        try (TestDatabase other = TestDatabase.empty();
                TestNode node = LedgerNode.start(other, Map.of(), LedgerDomain.WithStep.class);
                Connection connection = other.dataSource().getConnection()) {
            EventTable own = node.get(ProjectionStore.class).table();
            EventTable table = new EventTable(
                    "changeover.mirrored_event", own.snapshots(), own.tokens(), EventTable.Columns.ofSpring());
            connection.setAutoCommit(false);
            long begun = System.nanoTime();
            for (int from = 0; from < events.size(); from += BATCH) {
                EventsIn.copy(connection, table, events.subList(from, Math.min(events.size(), from + BATCH)));
                connection.commit();
            }
            return events.size() * NANOS / (System.nanoTime() - begun);
        }
    }

    private static double consume(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            long begun = 0;
            int first = 0;
            int count = 0;
            while (count < EVENTS) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
                if (begun == 0 && count > 0) {
                    begun = System.nanoTime();
                    first = count;
                }
            }
            return (count - first) * NANOS / (System.nanoTime() - begun);
        }
    }

    /** From the first transaction to the last, so without what it takes to join the group. */
    private static double carry(String topic, long last) {
        try (TestDatabase other = TestDatabase.empty();
                TestNode node = LedgerNode.start(other, Map.of(), LedgerDomain.WithStep.class)) {
            ProjectionStore own = node.get(ProjectionStore.class);
            EventTable table = new EventTable(
                    "changeover.mirrored_event",
                    own.table().snapshots(),
                    own.table().tokens(),
                    EventTable.Columns.ofSpring());
            ProjectionStore store = new ProjectionStore(
                    own.jdbc(), own.transactions(), own.tokens(), table, own.decisions(), own.json(), own.clock());
            MirrorHorizon horizon = new MirrorHorizon(other.dataSource(), table, topic);
            AtomicLong begun = new AtomicLong();
            AtomicLong ended = new AtomicLong();
            AtomicLong first = new AtomicLong();
            try (TopicMirror mirror = new TopicMirror(
                    new MirrorOptions(
                            topic,
                            "benchmark." + topic,
                            BATCH,
                            Duration.ofMillis(100),
                            Duration.ofMillis(100),
                            KAFKA,
                            Map.of()),
                    "benchmark",
                    store,
                    null)) {
                mirror.onCommit(() -> {
                    if (begun.get() == 0) {
                        first.set(count(other));
                        begun.set(System.nanoTime());
                    }
                    ended.set(System.nanoTime());
                });
                mirror.start();
                TestNode.await(() -> horizon.getAsLong() >= last);
            }
            assertThat(count(other)).isEqualTo(EVENTS);
            return (EVENTS - first.get()) * NANOS / (ended.get() - begun.get());
        }
    }

    private static long count(TestDatabase database) {
        return Long.parseLong(database.value("select count(*) from changeover.mirrored_event"));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void line(String text, Object... values) {
        try {
            Files.writeString(
                    REPORT,
                    String.format(Locale.ROOT, text, values) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
