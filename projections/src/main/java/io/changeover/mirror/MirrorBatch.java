package io.changeover.mirror;

import io.changeover.publish.TopicMark;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What one transaction writes.
 *
 * @param from offset that each partition had reached before
 * @param next offset that each of them has reached with it
 * @param behind records of each of them that are still to be carried
 * @param events events of those stretches
 * @param marks marks of those stretches, in order
 */
record MirrorBatch(
        Map<TopicPartition, Long> from,
        Map<TopicPartition, Long> next,
        Map<TopicPartition, Long> behind,
        List<CarriedEvent> events,
        List<TopicMark> marks) {

    boolean isEmpty() {
        return next.isEmpty();
    }
}
