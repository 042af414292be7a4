package io.changeover.projections.autoconfigure;

import io.changeover.mirror.MirrorOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Views that follow another application's topic.
 *
 * @param topic name of the topic whose events the views follow in place of this application's own store; none by default
 * @param group name of the consumer group of this application's nodes; 'changeover.' and the topic by default
 * @param records greatest number of records that are written in one transaction
 * @param retryInterval pause before what has failed is tried again
 * @param seed the origin's store, with which an empty database begins in place of the topic's beginning
 * @param kafka settings of all clients of Kafka, such as {@code bootstrap.servers}
 * @param consumer more settings of consumers; those that keep order and events are set in any case
 */
@ConfigurationProperties("changeover.mirror")
record MirrorProperties(
        @DefaultValue("") String topic,
        @DefaultValue("") String group,
        @DefaultValue("10000") int records,
        @DefaultValue("1s") Duration retryInterval,
        @Nullable Seed seed,
        @DefaultValue Map<String, String> kafka,
        @DefaultValue Map<String, String> consumer) {

    /**
     * The database of the application that publishes the topic.
     *
     * @param url its JDBC address
     * @param username a user who may read its event table
     * @param password the user's password
     */
    record Seed(String url, @DefaultValue("") String username, @DefaultValue("") String password) {

        /** Without the password, which is nobody's to see. */
        @Override
        public String toString() {
            return "Seed[url=%s, username=%s]".formatted(url, username);
        }
    }

    MirrorOptions options(Duration pollInterval) {
        return new MirrorOptions(
                topic,
                group.isBlank() ? "changeover." + topic : group,
                records,
                pollInterval,
                retryInterval,
                Map.copyOf(kafka),
                Map.copyOf(consumer));
    }
}
