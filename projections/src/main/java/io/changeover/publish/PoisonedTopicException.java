package io.changeover.publish;

/** An event cannot be put on a topic, and the topic does not go on without it unless somebody says so. */
final class PoisonedTopicException extends RuntimeException {

    PoisonedTopicException(String topic, long position, RuntimeException cause) {
        super(
                "%s, and those after it wait: %s. Deploy a release that can read it, or leave it out with 'changeover topics skip %s %d'"
                        .formatted(beginning(topic, position), cause.getMessage(), topic, position),
                cause);
    }

    /** How the message of such a failure begins. */
    static String beginning(String topic, long position) {
        return "The event at position %d cannot be put on topic '%s'".formatted(position, topic);
    }
}
