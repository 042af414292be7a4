package io.changeover.mirror;

/** A topic cannot be carried on here without events being missed, and somebody has to decide. */
public final class MirrorRefusedException extends RuntimeException {

    /** @param problem a sentence with value, rule and remedy */
    public MirrorRefusedException(String topic, String problem) {
        super("Topic '%s' is not carried on: %s".formatted(topic, problem));
    }
}
