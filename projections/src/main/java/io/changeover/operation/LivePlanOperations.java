package io.changeover.operation;

import io.changeover.changeover.ChangeoverCommand.AdoptPlan;
import io.changeover.changeover.ChangeoverCommand.ApproveStep;
import io.changeover.changeover.ChangeoverCommand.HurryStep;
import io.changeover.changeover.ChangeoverCommand.Pause;
import io.changeover.changeover.ChangeoverCommand.Resume;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.gate.Gates;
import io.changeover.plan.Plan;
import io.changeover.view.Versions;
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
