package io.changeover.changeover;

import io.changeover.changeover.ChangeoverCommand.ApproveStep;
import io.changeover.changeover.ChangeoverCommand.Shift;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.plan.Plan;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold of a plan and by it. A person may be stricter than a plan, not laxer. */
final class PlanRules {

    private PlanRules() {}

    static void requireFits(String view, int to, Plan plan) {
        if (plan.view() != null && !plan.view().equals(view)) {
            throw new ChangeoverRefusedException(
                    "plan-of-other-view",
                    "Plan '%s' is made for view '%s' and cannot carry out a changeover of view '%s'; give the plan of that view, or take the name of the view out of it"
                            .formatted(plan.name(), plan.view(), view));
        }
        if (plan.to() != null && plan.to() != to) {
            throw new ChangeoverRefusedException(
                    "plan-to-other-version",
                    "Plan '%s' leads to version %d, and the changeover of view '%s' leads to version %d; give the plan of that changeover"
                            .formatted(plan.name(), plan.to(), view, to));
        }
    }

    /** Who plans for two must be somebody, and a plan for two is not given up for one for one. */
    static void requireFourEyes(
            String view, @Nullable Plan before, Plan plan, String actor, @Nullable String principal) {
        if (before != null && before.wantsFourEyes() && !plan.wantsFourEyes()) {
            throw new ChangeoverRefusedException(
                    "four-eyes-given-up",
                    "Plan '%s' does without four eyes, and plan '%s', by which view '%s' goes, wants them until its changeover ends; write 'four-eyes: true' into the new plan"
                            .formatted(plan.name(), before.name(), view));
        }
        if (plan.wantsFourEyes()) {
            requireProven("Plan '%s' of view '%s'".formatted(plan.name(), view), actor, principal);
        }
    }

    private static void requireProven(String what, String actor, @Nullable String principal) {
        if (!actor.equals(principal)) {
            throw new ChangeoverRefusedException(
                    "name-not-proven",
                    "%s wants four eyes, and nothing proves that '%s' asks, since several may hold what was sent; sign in to the console, or send a token of your own"
                            .formatted(what, actor));
        }
    }

    /** The role in which the step can be approved by whoever asks. */
    static String requireApproval(ApproveStep command, Attempt open, @Nullable String principal) {
        Plan plan = open.course().plan();
        Plan.@Nullable Step step = plan == null
                ? null
                : plan.steps().stream()
                        .filter(each -> each.percent() == command.percent() && each.approval() != null)
                        .findFirst()
                        .orElse(null);
        if (step == null) {
            throw new ChangeoverRefusedException(
                    "no-approval-wanted",
                    "No step to %d %% of view '%s' wants an approval: %s; look at the plan to see which do"
                            .formatted(
                                    command.percent(),
                                    command.view(),
                                    plan == null
                                            ? "the changeover has no plan"
                                            : "plan '%s' names none".formatted(plan.name())));
        }
        String role = Objects.requireNonNull(step.approval());
        if (!command.roles().contains(role)) {
            throw new ChangeoverRefusedException(
                    "role-missing",
                    "The step to %d %% of view '%s' is approved in the role '%s', and '%s' has %s; have somebody approve it who has that role"
                            .formatted(
                                    command.percent(),
                                    command.view(),
                                    role,
                                    command.actor(),
                                    command.roles().isEmpty()
                                            ? "none"
                                            : "'%s'".formatted(String.join("', '", new TreeSet<>(command.roles())))));
        }
        if (command.percent() <= open.percent() && !open.course().approved().contains(command.percent())) {
            throw new ChangeoverRefusedException(
                    "step-passed",
                    "The step to %d %% of view '%s' is behind: %d %% of readers have moved, and only a step that is ahead can be approved; look at the plan to see which are"
                            .formatted(command.percent(), command.view(), open.percent()));
        }
        if (Objects.requireNonNull(plan).wantsFourEyes()) {
            requireSecond(command, open, plan, principal);
        }
        return role;
    }

    private static void requireSecond(ApproveStep command, Attempt open, Plan plan, @Nullable String principal) {
        String step = "The step to %d %% of view '%s'".formatted(command.percent(), command.view());
        requireProven(step, command.actor(), principal);
        if (open.course().isBegunBy(command.actor())) {
            throw new ChangeoverRefusedException(
                    "own-plan",
                    "%s wants four eyes by plan '%s', and '%s' has declared the changeover or given it that plan; have somebody else approve it"
                            .formatted(step, plan.name(), command.actor()));
        }
    }

    /** Whether anything may move forward at all, with a plan or without. */
    static void requireGoing(String view, Attempt open) {
        Halt halt = open.course().halt();
        if (halt != null) {
            throw new ChangeoverRefusedException(
                    halt.kind().text(),
                    "The changeover of view '%s' %s since %s by '%s'%s, and nothing moves forward until it is resumed; resume it"
                            .formatted(
                                    view,
                                    halt.kind() == Halt.Kind.PAUSED ? "is paused" : "has failed",
                                    halt.at(),
                                    halt.actor(),
                                    halt.reason().isEmpty() ? "" : " (%s)".formatted(halt.reason())));
        }
        if (open.phase() == Phase.ROLLING_BACK) {
            throw new ChangeoverRefusedException(
                    "rolling-back",
                    "View '%s' is being rolled back, and not every node has acknowledged it; wait until it is rolled back"
                            .formatted(view));
        }
    }

    /** A transition of a plan is refused while one of the gates that were asked does not pass. */
    static void requireGates(String view, String what, List<GateReading> gates) {
        List<GateReading> problems =
                gates.stream().filter(gate -> !gate.passes()).toList();
        if (!problems.isEmpty()) {
            throw new ChangeoverRefusedException(
                    "gate-" + problems.get(0).gate(),
                    "View '%s' cannot be %s: %s"
                            .formatted(
                                    view,
                                    what,
                                    problems.stream().map(PlanRules::problem).collect(Collectors.joining("; also, "))));
        }
    }

    private static String problem(GateReading gate) {
        return "gate %s says %s, with %s where %s is required: %s"
                .formatted(gate.gate(), gate.verdict().text(), gate.measured(), gate.required(), gate.reason());
    }

    /** The plan's gates and approvals count for whoever shifts. */
    static void requirePlanned(Shift command, Attempt open) {
        Plan plan = open.course().plan();
        if (plan == null) {
            return;
        }
        if (command.gates().isEmpty()) {
            throw new ChangeoverRefusedException(
                    "gates-not-asked",
                    "Reads of view '%s' move by plan '%s', and its gates were not asked; ask them first"
                            .formatted(command.view(), plan.name()));
        }
        requireGates(command.view(), "shifted to %d %%".formatted(command.percent()), command.gates());
        for (Plan.Step step : plan.steps()) {
            if (step.approval() != null
                    && step.percent() > open.percent()
                    && step.percent() <= command.percent()
                    && !open.course().approved().contains(step.percent())) {
                throw new ChangeoverRefusedException(
                        "approval-pending",
                        "The step to %d %% of view '%s' wants the approval of role '%s', which has not been given; have it approved first"
                                .formatted(step.percent(), command.view(), step.approval()));
            }
        }
    }
}
