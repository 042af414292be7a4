package io.changeover.kit;

import java.util.List;

/** Files of a stored history cannot be given to an aggregate. A retry cannot help; the files or the steps must change. */
public final class InvalidStoredHistoryException extends RuntimeException {

    private final List<String> problems;

    InvalidStoredHistoryException(List<String> problems) {
        super("The stored history cannot be given:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the file, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
