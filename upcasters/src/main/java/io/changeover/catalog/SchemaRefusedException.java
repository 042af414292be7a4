package io.changeover.catalog;

import java.util.List;

/** The schemas of a domain cannot be accepted as they are. A retry helps once the classes or steps have changed. */
public final class SchemaRefusedException extends RuntimeException {

    private final List<String> problems;

    SchemaRefusedException(String domain, List<String> problems) {
        super("The schemas of '%s' cannot be accepted:\n- %s".formatted(domain, String.join("\n- ", problems)));
        this.problems = List.copyOf(problems);
    }

    /** Each problem in some lines, with event, owner, readers, what changed, and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
