package io.changeover.mirror;

import org.apache.kafka.common.TopicPartition;

/** A record cannot be taken for an event, and the mirror does not go on without it unless somebody says so. */
final class PoisonedRecordException extends RuntimeException {

    private final TopicPartition in;
    private final long offset;

    PoisonedRecordException(String topic, int partition, long offset, String why) {
        super(
                "Record %d of partition %d of topic '%s' cannot be carried, and those after it wait: %s. Mend the topic, or leave the record out with 'changeover mirror skip %d %d'"
                        .formatted(offset, partition, topic, why, partition, offset));
        this.in = new TopicPartition(topic, partition);
        this.offset = offset;
    }

    TopicPartition in() {
        return in;
    }

    long offset() {
        return offset;
    }
}
