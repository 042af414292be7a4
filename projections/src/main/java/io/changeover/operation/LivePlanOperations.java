package io.changeover.operation;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverCommand.AdoptPlan;
import io.changeover.changeover.ChangeoverCommand.ApproveStep;
import io.changeover.changeover.ChangeoverCommand.HurryStep;
import io.changeover.changeover.ChangeoverCommand.Pause;
import io.changeover.changeover.ChangeoverCommand.Resume;
import io.changeover.changeover.ChangeoverRefusedException;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Course;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Phase;
import io.changeover.gate.Gates;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanText;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Plans on this node; decisions are asked for by the operations of its changeovers. */
public final class LivePlanOperations implements PlanOperations {

    private final Versions versions;
    private final ChangeoverOperations changeovers;
    private final Gates gates;

    /** The verbs over the node's changeovers. */
    public LivePlanOperations(Versions versions, ChangeoverOperations changeovers, Gates gates) {
        this.versions = versions;
        this.changeovers = changeovers;
        this.gates = gates;
    }

    @Override
    public ChangeoverStatus declare(String view, int to, Plan plan, Request request) {
        return changeovers.declare(view, to, plan, request);
    }

    @Override
    public PlanPreview show(String view) {
        versions.requireView(view);
        Attempt open = changeovers.open(view);
        Plan plan = open.course().plan();
        if (plan == null) {
            throw new OperationRefusedException(
                    "no-plan",
                    "The changeover of view '%s' has no plan, and a person takes each step; adopt a plan, or name a file to see what it would do"
                            .formatted(view));
        }
        return preview(view, plan, open, true);
    }

    @Override
    public PlanPreview preview(String view, Plan plan) {
        versions.requireView(view);
        ChangeoverState state = changeovers.state(view).orElse(null);
        Attempt open = state == null ? null : state.open();
        if (open != null) {
            return preview(view, plan, open, true);
        }
        Integer to = plan.to();
        if (state == null || to == null) {
            throw new OperationRefusedException(
                    "plan-without-version",
                    "Plan '%s' names no version, and view '%s' is in no changeover that does; write 'to' into the plan, or declare the changeover first"
                            .formatted(plan.name(), view));
        }
        versions.get(new VersionId(view, to));
        Instant now = changeovers.now();
        return preview(view, plan, new Attempt("", state.serving(), to, Phase.DECLARED, 0, null, null, now), false);
    }

    private PlanPreview preview(String view, Plan plan, Attempt attempt, boolean begun) {
        try {
            Changeover.requireFits(view, attempt.to(), plan);
        } catch (ChangeoverRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
        BackfillStatus backfill = begun ? changeovers.changeover(view).backfill() : null;
        Duration left = backfill == null || backfill.eta() == null ? Duration.ZERO : backfill.eta();
        Course course = attempt.course();
        Attempt planned = new Attempt(
                attempt.id(),
                attempt.from(),
                attempt.to(),
                attempt.phase(),
                attempt.percent(),
                attempt.parity(),
                attempt.parityAt(),
                attempt.since(),
                plan.equals(course.plan()) ? course : course.following(plan));
        return new PlanPreview(
                view,
                attempt.from(),
                attempt.to(),
                plan.name(),
                plan.equals(course.plan()),
                begun ? attempt.phase().text() : null,
                attempt.percent(),
                ChangeoverOperations.halted(course.halt()),
                PlanTimetable.of(view, plan, planned, begun, changeovers.now(), left),
                gates.toMove(view, planned),
                PlanText.of(plan));
    }

    @Override
    public ChangeoverStatus adopt(String view, Plan plan, Request request) {
        versions.requireView(view);
        changeovers.send(new AdoptPlan(view, plan, request.actor(), request.reason()), request);
        return changeovers.changeover(view);
    }

    @Override
    public List<GateReading> gates(String view) {
        versions.requireView(view);
        Attempt open = changeovers.open(view);
        return open.course().plan() == null ? List.of() : gates.toMove(view, open);
    }

    @Override
    public ChangeoverStatus approve(String view, int percent, Set<String> roles, Request request) {
        versions.requireView(view);
        changeovers.send(new ApproveStep(view, percent, roles, request.actor(), request.reason()), request);
        return changeovers.changeover(view);
    }

    @Override
    public ChangeoverStatus pause(String view, Request request) {
        versions.requireView(view);
        changeovers.send(new Pause(view, request.actor(), request.reason()), request);
        return changeovers.changeover(view);
    }

    @Override
    public ChangeoverStatus resume(String view, Request request) {
        versions.requireView(view);
        changeovers.send(new Resume(view, request.actor(), request.reason()), request);
        return changeovers.changeover(view);
    }

    @Override
    public ChangeoverStatus step(String view, Request request) {
        versions.requireView(view);
        changeovers.send(new HurryStep(view, request.actor(), request.reason()), request);
        return changeovers.changeover(view);
    }
}
