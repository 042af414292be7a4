package io.changeover.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
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

    /**
     * Reads it.
     *
     * @param meanwhile called again and again, since it may take long where many transactions were aborted
     * @throws TimeoutException when brokers have fallen silent
     */
    static Tail of(String topic, Map<String, Object> kafka, Runnable meanwhile) {
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
            ends.forEach((partition, end) -> offsets[partition.partition()] = end);
            return new Tail(highest(consumer, begins, ends, meanwhile), offsets);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    /** What lies at the ends may be marks of transactions and what was aborted, which are not seen, so it looks further back. */
    private static long highest(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Runnable meanwhile) {
        Map<TopicPartition, Long> looked = new HashMap<>(ends);
        looked.entrySet().removeIf(each -> each.getValue() <= begins.getOrDefault(each.getKey(), 0L));
        long highest = 0;
        for (long step = 2; !looked.isEmpty(); step *= GREATER) {
            Map<TopicPartition, Long> upTo = Map.copyOf(looked);
            consumer.assign(upTo.keySet());
            for (TopicPartition partition : upTo.keySet()) {
                long from = Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - step);
                looked.put(partition, from);
                consumer.seek(partition, from);
            }
            for (ConsumerRecord<byte[], byte[]> record : read(consumer, upTo, meanwhile)) {
                highest = Math.max(highest, position(record));
                looked.remove(new TopicPartition(record.topic(), record.partition()));
            }
            looked.entrySet().removeIf(each -> each.getValue() <= begins.getOrDefault(each.getKey(), 0L));
        }
        return highest;
    }

    /** All that is seen of the partitions up to the offsets, and maybe more. */
    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> upTo, Runnable meanwhile) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long at = -1;
        long moved = System.nanoTime();
        while (upTo.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            long now = upTo.keySet().stream().mapToLong(consumer::position).sum();
            if (now > at) {
                at = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > SILENT.toNanos()) {
                throw new TimeoutException("nothing of the partitions %s has come for %d s, before the offsets %s"
                        .formatted(upTo.keySet(), SILENT.toSeconds(), upTo.values()));
            }
            consumer.poll(PATIENCE).forEach(found::add);
            meanwhile.run();
        }
        return found;
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
