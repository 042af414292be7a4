package io.changeover.app;

import io.changeover.changeover.GateReading;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.PlanPreview;
import io.changeover.operation.PlannedStep;
import io.changeover.operation.Request;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Plans of the changeover in memory; the step to 25 % is approved in the role {@code approver}. */
public final class InMemoryPlanOperations implements PlanOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    private final InMemoryOperations changeovers;

    /** Every request in order, as {@code verb details actor reason}. */
    public final List<String> requests = new ArrayList<>();

    /** The identifier of each request, or null. */
    public final List<String> commandIds = new ArrayList<>();

    /** What the gates say. */
    public List<GateReading> gates = List.of(GateReading.pass("lag", "3 positions", "at most 1000"));

    public InMemoryPlanOperations(InMemoryOperations changeovers) {
        this.changeovers = changeovers;
    }

    /** Forgets everything that was asked. */
    public void reset() {
        requests.clear();
        commandIds.clear();
        gates = List.of(GateReading.pass("lag", "3 positions", "at most 1000"));
    }

    @Override
    public ChangeoverStatus declare(String view, int to, Plan plan, Request request) {
        changeovers.declare(view, to, request);
        return adopt(view, plan, request);
    }

    @Override
    public PlanPreview show(String view) {
        if (changeovers.plan == null) {
            throw new OperationRefusedException("no-plan", "The changeover of view '%s' has no plan".formatted(view));
        }
        return preview(view, Plan.standard());
    }

    @Override
    public PlanPreview preview(String view, Plan plan) {
        boolean adopted = plan.name().equals(changeovers.plan);
        return new PlanPreview(
                view,
                1,
                2,
                plan.name(),
                adopted,
                adopted ? "shifting" : null,
                adopted ? 5 : 0,
                changeovers.halted,
                List.of(
                        new PlannedStep("shadow", "shadow reads", "done", Duration.ofMinutes(10), null, null),
                        new PlannedStep(
                                "25 %",
                                "moves 25 % of readers to order-board@2",
                                "ahead",
                                Duration.ofMinutes(30),
                                AT,
                                "approval of approver"),
                        new PlannedStep("drop", "drops the table of order-board@1", "ahead", null, null, "a person")),
                gates,
                PlanText.of(plan));
    }

    @Override
    public ChangeoverStatus adopt(String view, Plan plan, Request request) {
        note("adopt " + plan.name(), request);
        changeovers.plan = plan.name();
        return changeovers.changeover(view);
    }

    @Override
    public List<GateReading> gates(String view) {
        return changeovers.plan == null ? List.of() : gates;
    }

    @Override
    public ChangeoverStatus approve(String view, int percent, Set<String> roles, Request request) {
        note("approve %d %s".formatted(percent, new TreeSet<>(roles)), request);
        if (!roles.contains("approver")) {
            throw new OperationRefusedException("role-missing", "The step is approved in the role 'approver'");
        }
        return changeovers.changeover(view);
    }

    @Override
    public ChangeoverStatus pause(String view, Request request) {
        note("pause", request);
        changeovers.halted = "paused by %s: %s".formatted(request.actor(), request.reason());
        return changeovers.changeover(view);
    }

    @Override
    public ChangeoverStatus resume(String view, Request request) {
        note("resume", request);
        changeovers.halted = null;
        return changeovers.changeover(view);
    }

    @Override
    public ChangeoverStatus step(String view, Request request) {
        note("step", request);
        return changeovers.changeover(view);
    }

    private void note(String verb, Request request) {
        requests.add(
                "%s %s %s".formatted(verb, request.actor(), request.reason()).strip());
        commandIds.add(request.commandId());
    }
}
