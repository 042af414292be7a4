package io.changeover.event;

import java.util.List;

/** The event classes of an application cannot be used together. A retry cannot help; the classes must change. */
public final class InvalidEventTypesException extends RuntimeException {

    private final List<String> problems;

    InvalidEventTypesException(List<String> problems) {
        super("The event classes cannot be used:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
