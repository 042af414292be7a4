package io.changeover.view;

import java.util.List;

/** A declared view version cannot be used. A retry cannot help; the declaration must change. */
public final class InvalidViewException extends RuntimeException {

    private final List<String> problems;

    InvalidViewException(String subject, List<String> problems) {
        super("%s cannot be used:%n  - %s".formatted(subject, String.join("%n  - ".formatted(), problems)));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
