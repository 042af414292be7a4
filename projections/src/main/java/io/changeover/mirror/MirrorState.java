package io.changeover.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a mirror stands, as the database has it for all nodes.
 *
 * @param topic name of the topic that is carried here
 * @param position position of the last event that is here with everything before it; 0 for none
 * @param head position of the last event that is here, with or without everything before it; 0 for none
 * @param events number of events that are here, as the database estimates
 * @param partitions how far each partition has been carried, in order
 * @param failure why it does not get on, with what to do, or null
 * @param skipped number of records that it goes on without
 */
public record MirrorState(
        String topic,
        long position,
        long head,
        long events,
        List<Carried> partitions,
        @Nullable String failure,
        long skipped) {

    /**
     * A partition.
     *
     * @param partition its number
     * @param offset offset of the next record that is to be carried
     * @param behind records after that which were to be carried when the last ones were
     * @param node the node that carried its records last, or null for none
     */
    public record Carried(int partition, long offset, long behind, @Nullable String node) {}

    /** Copies the partitions. */
    public MirrorState {
        partitions = List.copyOf(partitions);
    }
}
