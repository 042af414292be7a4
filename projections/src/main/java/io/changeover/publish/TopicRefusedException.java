package io.changeover.publish;

import java.util.List;

/** A topic cannot be published as it is declared, and going on would break what its readers were promised. */
public final class TopicRefusedException extends RuntimeException {

    private final String topic;
    private final List<String> problems;

    /** @param problems each as a sentence with value, rule and remedy; at least one */
    public TopicRefusedException(String topic, List<String> problems) {
        super("Topic '%s' is not published: %s".formatted(topic, String.join("; ", problems)));
        this.topic = topic;
        this.problems = List.copyOf(problems);
    }

    /** Name of the topic. */
    public String topic() {
        return topic;
    }

    /** What is wrong. */
    public List<String> problems() {
        return problems;
    }
}
