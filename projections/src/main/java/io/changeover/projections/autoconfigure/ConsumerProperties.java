package io.changeover.projections.autoconfigure;

import io.changeover.consumer.CollectorOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reads are counted. Beside these two stand the consumers themselves, each under its name
 * ({@link ConsumerDeclarations}).
 *
 * @param interval time between two times that a node tells who has read what; the same on all nodes
 * @param keep how long it is kept who has read what, in whole days
 */
@ConfigurationProperties("changeover.consumers")
record ConsumerProperties(@DefaultValue("5s") Duration interval, @DefaultValue("400d") Duration keep) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    CollectorOptions options() {
        return new CollectorOptions(interval, keep);
    }
}
