package io.changeover.plan;

import java.util.List;

/** A plan that cannot be carried out as it is written. The message names every problem with value and rule. */
public final class InvalidPlanException extends RuntimeException {

    private final List<String> problems;

    /** @param problems what cannot be, each naming the value and the rule */
    public InvalidPlanException(List<String> problems) {
        super("The plan cannot be carried out: %s; correct it".formatted(String.join("; ", problems)));
        this.problems = List.copyOf(problems);
    }

    /** What cannot be, one by one. */
    public List<String> problems() {
        return problems;
    }
}
