package io.changeover.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with the text of a plan: all of it is found before anything is said. */
final class PlanProblems {

    private final List<PlanProblem> found = new ArrayList<>();

    void add(int line, int column, String text) {
        found.add(new PlanProblem(line, column, text));
    }

    void add(Mark place, String text) {
        add(place.getLine() + 1, place.getColumn() + 1, text);
    }

    void add(Node place, String text) {
        add(place.getStartMark(), text);
    }

    /** @throws InvalidPlanException when something was found */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw InvalidPlanException.inText(found.stream()
                    .sorted(Comparator.comparingInt(PlanProblem::line).thenComparingInt(PlanProblem::column))
                    .toList());
        }
    }
}
