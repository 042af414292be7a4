package io.changeover.plan;

/**
 * Something of a plan that cannot be as it is written.
 *
 * @param line line of the text, from 1; 0 where the plan was not read from a text
 * @param column column in that line, from 1; 0 where the plan was not read from a text
 * @param text the value, the rule and, where the plan was read from a text, the remedy
 */
public record PlanProblem(int line, int column, String text) {

    /** With its place in front, where it has one. */
    @Override
    public String toString() {
        return line == 0 ? text : "line %d, column %d: %s".formatted(line, column, text);
    }
}
