package io.changeover.schema;

import java.util.List;

/** The text of a lock file cannot be used. A retry helps only after the file has changed. */
public final class InvalidSchemaLockException extends RuntimeException {

    private final List<String> problems;

    InvalidSchemaLockException(List<String> problems) {
        super("The lock file of schemas cannot be used:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
