package io.changeover.publish;

/** An event cannot be put on a topic, and the topic does not go on without it unless somebody says so. */
final class PoisonedTopicException extends RuntimeException {

    private final long position;

    PoisonedTopicException(String topic, long position, RuntimeException cause) {
        super(
                "The event at position %d cannot be put on topic '%s', and those after it wait: %s. Deploy a release that can read it, or leave it out with 'changeover topics skip %s %d'"
                        .formatted(position, topic, cause.getMessage(), topic, position),
                cause);
        this.position = position;
    }

    long position() {
        return position;
    }
}
