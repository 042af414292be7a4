package io.changeover.consumer;

import java.util.List;

/** The declared consumers cannot be used. A retry cannot help; the configuration must change. */
public final class InvalidConsumersException extends RuntimeException {

    private final List<String> problems;

    InvalidConsumersException(List<String> problems) {
        super("The consumers cannot be used:%n  - %s".formatted(String.join("%n  - ".formatted(), problems)));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
