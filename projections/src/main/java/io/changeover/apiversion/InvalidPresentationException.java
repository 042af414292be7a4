package io.changeover.apiversion;

import java.util.List;

/** Endpoints say that they show what they cannot show; deployed again as they are, they are refused again. */
public final class InvalidPresentationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    InvalidPresentationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, each with rule and remedy. */
    public List<String> problems() {
        return problems;
    }
}
