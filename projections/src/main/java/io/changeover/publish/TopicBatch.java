package io.changeover.publish;

import io.changeover.upcast.UnreadableEventException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction commits.
 *
 * @param records records of a stretch of positions, in order
 * @param position last position of the stretch
 * @param full whether there may be more at once
 * @param poison why the event after the stretch cannot be sent, or null where there is none
 * @param poisonedAt position of that event
 */
record TopicBatch(
        List<ProducerRecord<byte[], byte[]>> records,
        long position,
        boolean full,
        @Nullable UnreadableEventException poison,
        long poisonedAt) {}
