package io.changeover.mirror;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds out that brokers have fallen silent. A consumer that nobody answers gets nothing, just as one for whom there is
 * nothing; so where nothing has come for a while, the brokers are asked what they can answer at once. To be used by the
 * consumer's thread.
 */
final class BrokerSilence {

    /** How long brokers have for an answer. Nothing is carried meanwhile; without those partitions nothing gets complete anyway. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);

    private static final long ASK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final Consumer<?, ?> consumer;
    private final TopicPartition always;
    private final Map<TopicPartition, Long> heard = new HashMap<>();

    /**
     * @param always a partition that is asked about also where none has fallen to the consumer
     */
    BrokerSilence(Consumer<?, ?> consumer, TopicPartition always) {
        this.consumer = consumer;
        this.always = always;
    }

    /**
     * Asks where it has to.
     *
     * @param assigned the consumer's partitions
     * @param came those of which something has come just now
     * @return partitions of which nothing was heard, in order; empty when all is well
     * @throws org.apache.kafka.common.errors.WakeupException when the consumer was woken
     */
    Set<TopicPartition> look(Collection<TopicPartition> assigned, Collection<TopicPartition> came) {
        Set<TopicPartition> watched = new HashSet<>(assigned);
        watched.add(always);
        heard.keySet().retainAll(watched);
        long now = System.nanoTime();
        watched.forEach(each -> heard.putIfAbsent(each, now));
        came.forEach(each -> heard.put(each, now));
        Set<TopicPartition> quiet = new TreeSet<>(ORDER);
        watched.stream()
                .filter(each -> now - heard.getOrDefault(each, now) >= ASK_NANOS)
                .forEach(quiet::add);
        if (quiet.isEmpty()) {
            return quiet;
        }
        try {
            consumer.endOffsets(quiet, ANSWER_WITHIN).keySet().forEach(each -> heard.put(each, System.nanoTime()));
            return Set.of();
        } catch (TimeoutException e) {
            return quiet;
        }
    }

    /** Time since something was heard of that one of the partitions which has been silent for longest. */
    Duration longest(Collection<TopicPartition> partitions) {
        long now = System.nanoTime();
        return Duration.ofNanos(partitions.stream()
                .mapToLong(each -> now - heard.getOrDefault(each, now))
                .max()
                .orElse(0));
    }
}
