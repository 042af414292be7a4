package io.changeover.mirror;

import java.time.Duration;
import java.util.Map;

/**
 * How a topic is carried here.
 *
 * @param topic name of the topic
 * @param group name of the consumer group among whose members, the nodes of this application, the partitions are spread
 * @param records greatest number of records that are written in one transaction, from 1 to 100,000
 * @param pollInterval longest time for which a look at the brokers waits for news; at least a millisecond
 * @param retryInterval pause before what has failed is tried again
 * @param kafka settings of consumers and administration alike, such as {@code bootstrap.servers}
 * @param consumer more settings of consumers; those that keep order and events are set in any case
 */
public record MirrorOptions(
        String topic,
        String group,
        int records,
        Duration pollInterval,
        Duration retryInterval,
        Map<String, Object> kafka,
        Map<String, Object> consumer) {

    private static final int MOST_RECORDS = 100_000;

    /** @throws IllegalArgumentException when a value cannot be; the message names it and what it must be */
    public MirrorOptions {
        kafka = Map.copyOf(kafka);
        consumer = Map.copyOf(consumer);
        if (topic.isBlank() || group.isBlank()) {
            throw new IllegalArgumentException(
                    "Topic '%s' and group '%s' must both have a name; set changeover.mirror.topic, and leave the group out or name it"
                            .formatted(topic, group));
        }
        if (records < 1 || records > MOST_RECORDS) {
            throw new IllegalArgumentException(
                    "Records of a transaction are %d but must be 1 to %d; correct changeover.mirror.records"
                            .formatted(records, MOST_RECORDS));
        }
        if (pollInterval.toMillis() < 1 || retryInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "The intervals of a mirror are %s and %s but must be at least 1 ms; set longer ones"
                            .formatted(pollInterval, retryInterval));
        }
    }
}
