package io.changeover.app.rehearsal;

import io.changeover.plan.InvalidPlanException;
import io.changeover.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is rehearsed, and on what.
 *
 * @param view name of the view
 * @param to version that takes over, or null for the one that the plan names, else the highest
 * @param plan the plan; its times are cut to {@code soak}
 * @param source where the events come from
 * @param soak how long each step lasts, from 0 to an hour
 * @param log file that takes the application's log, or null to throw it away with everything else
 * @param settings further properties of the application, by name
 */
public record RehearsalOptions(
        String view,
        @Nullable Integer to,
        Plan plan,
        Source source,
        Duration soak,
        @Nullable Path log,
        Map<String, String> settings) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException when a value is out of its bounds, or the plan is made for something else */
    public RehearsalOptions {
        settings = Map.copyOf(new TreeMap<>(settings));
        if (view.isBlank()) {
            throw new IllegalArgumentException("The name of the view is blank but must be one; name a view");
        }
        if (soak.isNegative() || soak.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A step of the rehearsal lasts %s but must last from 0 to an hour; correct --soak".formatted(soak));
        }
        if (plan.view() != null && !plan.view().equals(view)) {
            throw new IllegalArgumentException(
                    "Plan '%s' is made for view '%s' but '%s' is to be rehearsed; give the plan of that view"
                            .formatted(plan.name(), plan.view(), view));
        }
        if (plan.to() != null && to != null && !plan.to().equals(to)) {
            throw new IllegalArgumentException(
                    "Plan '%s' leads to version %d but version %d is to be rehearsed; give the plan of that changeover, or leave --to out"
                            .formatted(plan.name(), plan.to(), to));
        }
    }

    /** The plan with its times cut, and with nothing in it that waits for a time of the week. */
    Plan cut() {
        List<Plan.Step> steps = plan.steps().stream()
                .map(step -> new Plan.Step(step.percent(), soak, step.approval()))
                .toList();
        try {
            return new Plan(
                    plan.name(),
                    plan.view(),
                    plan.to(),
                    Duration.ZERO,
                    steps,
                    soak,
                    plan.limits(),
                    plan.beans(),
                    plan.onBreach(),
                    plan.breaches(),
                    List.of(),
                    plan.completion());
        } catch (InvalidPlanException e) {
            throw new IllegalStateException("A plan was good before its times were cut", e);
        }
    }
}
