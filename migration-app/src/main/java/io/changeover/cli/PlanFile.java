package io.changeover.cli;

import io.changeover.plan.InvalidPlanException;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanProblem;
import io.changeover.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A plan in a file. It is read before any server is asked, so that a slip is told at once.
 *
 * @param text what the file holds
 * @param plan what that means
 */
record PlanFile(String text, Plan plan) {

    /** @throws IllegalArgumentException when it cannot be read; the message has one line for each problem */
    static PlanFile read(Path file) {
        try {
            String text = Files.readString(file);
            return new PlanFile(text, PlanReader.read(text));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "File '%s' must be readable text in UTF-8 but is not; correct the path, its permissions or its encoding"
                            .formatted(file),
                    e);
        } catch (InvalidPlanException e) {
            throw new IllegalArgumentException(
                    e.found().stream().map(problem -> at(file, problem)).collect(Collectors.joining("\n")), e);
        }
    }

    /** In the form in which editors find a place. */
    private static String at(Path file, PlanProblem problem) {
        return "%s:%d:%d: %s".formatted(file, problem.line(), problem.column(), problem.text());
    }
}
