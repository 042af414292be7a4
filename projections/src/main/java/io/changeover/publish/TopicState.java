package io.changeover.publish;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a topic stands, as the database has it for all nodes.
 *
 * @param name name of the topic
 * @param revisions written forms of the revisions that it promises, sorted
 * @param consumers who is known to read it
 * @param partitions number of its partitions, as declared
 * @param sunset when it ends, or null while nobody knows
 * @param position position up to which everything is on it; 0 where nothing was published
 * @param behind positions of the store after that
 * @param publisher node that publishes it or did last, or null for none
 * @param failure why it does not get on, with what to do, or null
 * @param skipped number of events that it goes on without
 */
public record TopicState(
        String name,
        List<String> revisions,
        List<String> consumers,
        int partitions,
        @Nullable Instant sunset,
        long position,
        long behind,
        @Nullable String publisher,
        @Nullable String failure,
        long skipped) {

    /** Copies the lists. */
    public TopicState {
        revisions = List.copyOf(revisions);
        consumers = List.copyOf(consumers);
    }
}
