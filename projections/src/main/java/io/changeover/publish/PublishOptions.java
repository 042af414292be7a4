package io.changeover.publish;

import java.time.Duration;
import java.util.Map;

/**
 * How topics are published.
 *
 * @param events greatest number of events that are read and committed to a topic at once, from 1 to 100,000
 * @param pollInterval longest time until an event that nobody told of is noticed; at least a millisecond
 * @param claimInterval how often a node looks whether a topic that another node publishes has been left
 * @param retryInterval pause before what has failed is tried again
 * @param kafka settings of producers, consumers and administration alike, such as {@code bootstrap.servers}
 * @param producer more settings of producers; those that keep order and events are set in any case
 */
public record PublishOptions(
        int events,
        Duration pollInterval,
        Duration claimInterval,
        Duration retryInterval,
        Map<String, Object> kafka,
        Map<String, Object> producer) {

    private static final int MOST_EVENTS = 100_000;

    /** @throws IllegalArgumentException when a value cannot be; the message names it and what it must be */
    public PublishOptions {
        kafka = Map.copyOf(kafka);
        producer = Map.copyOf(producer);
        if (events < 1 || events > MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "Events of a transaction are %d but must be 1 to %d; correct it".formatted(events, MOST_EVENTS));
        }
        Map.of("poll interval", pollInterval, "claim interval", claimInterval, "retry interval", retryInterval)
                .forEach(PublishOptions::requireTime);
    }

    private static void requireTime(String name, Duration time) {
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "The %s is %s but must be at least 1 ms; set a longer one".formatted(name, time));
        }
    }
}
