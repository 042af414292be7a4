package io.changeover.projections.autoconfigure;

import io.changeover.mirror.MirrorOptions;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Views that follow another application's topic.
 *
 * @param topic name of the topic whose events the views follow in place of this application's own store; none by default
 * @param group name of the consumer group of this application's nodes; 'changeover.' and the topic by default
 * @param records greatest number of records that are written in one transaction
 * @param retryInterval pause before what has failed is tried again
 * @param kafka settings of all clients of Kafka, such as {@code bootstrap.servers}
 * @param consumer more settings of consumers; those that keep order and events are set in any case
 */
@ConfigurationProperties("changeover.mirror")
record MirrorProperties(
        @DefaultValue("") String topic,
        @DefaultValue("") String group,
        @DefaultValue("10000") int records,
        @DefaultValue("1s") Duration retryInterval,
        @DefaultValue Map<String, String> kafka,
        @DefaultValue Map<String, String> consumer) {

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
