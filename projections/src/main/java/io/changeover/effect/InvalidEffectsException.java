package io.changeover.effect;

import java.util.List;

/** Declared effects cannot be used. A retry cannot help; the declarations must change. */
public final class InvalidEffectsException extends RuntimeException {

    private final List<String> problems;

    InvalidEffectsException(List<String> problems) {
        super("The effects cannot be used:%n  - %s".formatted(String.join("%n  - ".formatted(), problems)));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
