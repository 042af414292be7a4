package io.changeover.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed on a topic, from its beginning. */
public final class TopicReader {

    /** A record as text. */
    public record Read(int partition, long offset, String key, String value, Map<String, String> headers) {

        private static Read of(ConsumerRecord<byte[], byte[]> record) {
            Map<String, String> headers = new java.util.TreeMap<>();
            for (Header header : record.headers()) {
                headers.put(header.key(), new String(header.value(), UTF_8));
            }
            return new Read(
                    record.partition(),
                    record.offset(),
                    new String(record.key(), UTF_8),
                    new String(record.value(), UTF_8),
                    headers);
        }

        /** Position of the event in the store. */
        public long position() {
            return Long.parseLong(headers.getOrDefault("event-position", "-1"));
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TopicReader() {}

    /** All records that are committed by now, by partition and offset. */
    public static List<Read> all(String topic) {
        return all(TestBroker.servers(), topic);
    }

    /** The same from other brokers than the usual one. */
    public static List<Read> all(String servers, String topic) {
        List<Read> all = new ArrayList<>();
        each(servers, topic, record -> all.add(Read.of(record)));
        return all;
    }

    /** Positions of all records that are committed by now, by partition and offset. */
    public static List<Long> positions(String topic) {
        List<Long> positions = new ArrayList<>();
        each(
                TestBroker.servers(),
                topic,
                record -> positions.add(Long.parseLong(
                        new String(record.headers().lastHeader("event-position").value(), UTF_8))));
        return positions;
    }

    private static void each(String servers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("topic '%s' was not read within %s".formatted(topic, PATIENCE));
                }
                consumer.poll(Duration.ofMillis(200)).forEach(sink);
            }
        }
    }
}
