package io.changeover.mirror;

/** A record cannot be taken for an event, and the mirror does not go on without it unless somebody says so. */
final class PoisonedRecordException extends RuntimeException {

    private final int partition;
    private final long offset;

    PoisonedRecordException(String topic, int partition, long offset, String why) {
        super(
                "Record %d of partition %d of topic '%s' cannot be carried, and those after it wait: %s. Mend the topic, or leave the record out with 'changeover mirror skip %d %d'"
                        .formatted(offset, partition, topic, why, partition, offset));
        this.partition = partition;
        this.offset = offset;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }
}
