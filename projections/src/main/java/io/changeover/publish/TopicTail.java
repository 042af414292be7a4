package io.changeover.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds out how far a topic has come from what is committed on it. A transaction holds the records of a stretch of positions
 * and is there as a whole or not at all, so the highest position on the topic is that up to which everything is there.
 * To be asked once nobody else can write any more, as after {@code initTransactions}.
 */
final class TopicTail {

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Duration SILENT = Duration.ofSeconds(30);
    private static final long GREATER = 8;

    private TopicTail() {}

    /**
     * The end of a topic.
     *
     * @param position highest position of a committed record; 0 for a topic without
     * @param offsets offset after the last record of each partition
     */
    @SuppressWarnings("ArrayRecordComponent") // carried on, and never compared
    record Tail(long position, long[] offsets) {}

    /** @throws TimeoutException when brokers have fallen silent */
    static Tail of(String topic, Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions); // or its ends are not known as those of what is committed
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long[] offsets = new long[partitions.size()];
            long highest = 0;
            for (TopicPartition partition : partitions) {
                offsets[partition.partition()] = ends.getOrDefault(partition, 0L);
                consumer.assign(List.of(partition));
                highest = Math.max(
                        highest,
                        last(
                                consumer,
                                partition,
                                begins.getOrDefault(partition, 0L),
                                ends.getOrDefault(partition, 0L)));
            }
            return new Tail(highest, offsets);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    /** What lies at the end may be marks of transactions and what was aborted, which are not seen, so it looks further back. */
    private static long last(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end) {
        long step = 2;
        long from = end;
        while (from > begin) {
            long upTo = from;
            from = Math.max(begin, end - step);
            step *= GREATER;
            consumer.seek(partition, from);
            long found = 0;
            long at = from;
            long moved = System.nanoTime();
            while (consumer.position(partition) < upTo) {
                if (consumer.position(partition) > at) {
                    at = consumer.position(partition);
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > SILENT.toNanos()) {
                    throw new TimeoutException("record %d of partition '%s' has not come for %d s"
                            .formatted(at, partition, SILENT.toSeconds()));
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                    found = Math.max(found, position(record));
                }
            }
            if (found > 0) {
                return found;
            }
        }
        return 0;
    }

    private static long position(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(TopicHeaders.POSITION);
        if (header == null) {
            throw new TopicRefusedException(
                    record.topic(),
                    List.of(
                            "record %d of partition %d has no header '%s', so somebody else writes to the topic and nobody can tell how far it is; have them write elsewhere"
                                    .formatted(record.offset(), record.partition(), TopicHeaders.POSITION)));
        }
        return Long.parseLong(new String(header.value(), US_ASCII));
    }
}
