package io.changeover.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A plan that cannot be carried out as it is written. The message names every problem; a retry cannot help. */
public final class InvalidPlanException extends RuntimeException {

    private final transient List<PlanProblem> found;

    /** @param problems what cannot be, each naming the value and the rule; at least one */
    public InvalidPlanException(List<String> problems) {
        this(
                "The plan cannot be carried out: %s; correct it".formatted(String.join("; ", problems)),
                placeless(problems));
    }

    private InvalidPlanException(String message, List<PlanProblem> found) {
        super(message);
        this.found = List.copyOf(found);
    }

    /** @param found what cannot be in the text of a plan, in the order of the text; at least one */
    static InvalidPlanException inText(List<PlanProblem> found) {
        return new InvalidPlanException(
                "The plan cannot be read: %s"
                        .formatted(found.stream().map(PlanProblem::toString).collect(Collectors.joining("; "))),
                found);
    }

    private static List<PlanProblem> placeless(List<String> problems) {
        return problems.stream().map(text -> new PlanProblem(0, 0, text)).toList();
    }

    /** What cannot be, one by one, each with its place where it has one. */
    public List<String> problems() {
        return found.stream().map(PlanProblem::toString).toList();
    }

    /** What cannot be, one by one. */
    public List<PlanProblem> found() {
        return found;
    }
}
