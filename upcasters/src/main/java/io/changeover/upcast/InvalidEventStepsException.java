package io.changeover.upcast;

import java.util.List;

/** The steps of an application do not fit together. A retry cannot help; the steps must change. */
public final class InvalidEventStepsException extends RuntimeException {

    private final List<String> problems;

    InvalidEventStepsException(List<String> problems) {
        super("The event steps cannot be used:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
