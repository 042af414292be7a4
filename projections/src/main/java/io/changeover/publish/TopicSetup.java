package io.changeover.publish;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that a topic is there, as it is declared, and says which it is: one that was made anew is another. */
final class TopicSetup {

    private static final long SECONDS = 30;
    private static final int LOOKS = 100;
    private static final long LOOK_MILLIS = 50;

    /** What is in the last segment is not compacted. */
    private static final int MARKS_BYTES = 4 * 1024 * 1024;

    private TopicSetup() {}

    /**
     * Finds the topic, and makes it where it has never been.
     *
     * @param known identifier of the topic that was published to before, or empty where there was none
     * @return identifier of the topic
     * @throws TopicRefusedException when it is another, is gone, or has other partitions than are declared
     * @throws KafkaException when the brokers cannot be asked; the same call can be made again
     */
    static String require(Topic topic, Map<String, Object> kafka, Optional<String> known) {
        Admin admin = Admin.create(kafka);
        try {
            Optional<TopicDescription> found = describe(admin, topic.name());
            if (found.isEmpty() && known.isPresent()) {
                throw new TopicRefusedException(
                        topic.name(),
                        List.of(
                                "it was published to before, and the brokers do not have it any more, so its readers would miss what it held; have it published again from the beginning with 'changeover topics restart %s'"
                                        .formatted(topic.name())));
            }
            if (found.isEmpty()) {
                create(admin, events(topic));
                found = made(admin, topic);
            }
            TopicDescription description = found.orElseThrow(() -> new KafkaException(
                    "topic '%s' was made and the brokers do not know it yet".formatted(topic.name())));
            if (description.partitions().size() != topic.partitions()) {
                throw new TopicRefusedException(
                        topic.name(),
                        List.of(
                                "it has %d partitions and is declared with %d, and with another number the events of a key would lie in two of them, out of order; declare %d, or publish to a topic of another name"
                                        .formatted(
                                                description.partitions().size(),
                                                topic.partitions(),
                                                description.partitions().size())));
            }
            String id = description.topicId().toString();
            if (known.isPresent() && !known.get().equals(id)) {
                throw new TopicRefusedException(
                        topic.name(),
                        List.of(
                                "it was removed and made anew since it was published to (its identifier is %s and was %s), so its readers would miss what it held; have it published again from the beginning with 'changeover topics restart %s'"
                                        .formatted(id, known.get(), topic.name())));
            }
            if (describe(admin, TopicMark.topicOf(topic.name())).isEmpty()) {
                create(admin, marks(topic));
            }
            return id;
        } finally {
            admin.close(Duration.ZERO); // or it would wait for answers that do not come
        }
    }

    /** Brokers learn of a topic one after another. */
    private static Optional<TopicDescription> made(Admin admin, Topic topic) {
        Optional<TopicDescription> found = describe(admin, topic.name());
        for (int look = 1; found.isEmpty() && look < LOOKS; look++) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = describe(admin, topic.name());
        }
        return found;
    }

    private static Optional<TopicDescription> describe(Admin admin, String topic) {
        try {
            return Optional.ofNullable(
                    await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** Events are kept, or a reader who comes later could not begin at the beginning. */
    private static NewTopic events(Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), replication(topic))
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "CreateTime"));
    }

    /** The last mark says all, so earlier ones may go. */
    private static NewTopic marks(Topic topic) {
        return new NewTopic(TopicMark.topicOf(topic.name()), Optional.of(1), replication(topic))
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(MARKS_BYTES)));
    }

    private static Optional<Short> replication(Topic topic) {
        return topic.replication() < 0 ? Optional.empty() : Optional.of(topic.replication());
    }

    private static void create(Admin admin, NewTopic made) {
        try {
            await(admin.createTopics(List.of(made)).all());
        } catch (TopicExistsException e) {
            // another node was faster
        }
    }

    private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException refused) {
                throw refused;
            }
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "nothing was answered for %d s".formatted(SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
