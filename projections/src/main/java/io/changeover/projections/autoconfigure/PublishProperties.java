package io.changeover.projections.autoconfigure;

import io.changeover.publish.PublishOptions;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Publishing of topics, which an application declares as beans.
 *
 * @param enabled whether this node publishes topics where no other does
 * @param events greatest number of events that are committed to a topic at once
 * @param claimInterval how often this node looks whether a topic that another publishes has been left
 * @param retryInterval pause before what has failed is tried again
 * @param kafka settings of all clients of Kafka, such as {@code bootstrap.servers}
 * @param producer more settings of producers; those that keep order and events are set in any case
 */
@ConfigurationProperties("changeover.publish")
record PublishProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10000") int events,
        @DefaultValue("1s") Duration claimInterval,
        @DefaultValue("1s") Duration retryInterval,
        @DefaultValue Map<String, String> kafka,
        @DefaultValue Map<String, String> producer) {

    PublishOptions options(Duration pollInterval) {
        return new PublishOptions(
                events, pollInterval, claimInterval, retryInterval, Map.copyOf(kafka), Map.copyOf(producer));
    }
}
