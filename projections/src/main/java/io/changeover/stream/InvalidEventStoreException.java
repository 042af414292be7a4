package io.changeover.stream;

import java.util.List;

/** The event store cannot be read in order. A retry cannot help; the tables or their description must change. */
public final class InvalidEventStoreException extends RuntimeException {

    private final List<String> problems;

    InvalidEventStoreException(String table, List<String> problems) {
        super("The event store '%s' cannot be used:%n  - %s"
                .formatted(table, String.join("%n  - ".formatted(), problems)));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as a sentence with the value, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
