package io.changeover.operation;

import io.changeover.changeover.GateReading;
import io.changeover.plan.Plan;
import java.util.List;
import java.util.Set;

/**
 * The verbs of a changeover that is carried out by a plan. Each refuses with {@link OperationRefusedException} when a rule
 * does not hold; a refusal changes nothing.
 */
public interface PlanOperations {

    /** Opens a changeover that is carried out by the plan; with a plan that is refused, none is opened. */
    ChangeoverStatus declare(String view, int to, Plan plan, Request request);

    /** The plan of the open changeover, and what it does from where that stands. */
    PlanPreview show(String view);

    /**
     * What the plan would do from where the view stands; nothing changes. Where no changeover is open, the plan must say
     * to which version it leads.
     */
    PlanPreview preview(String view, Plan plan);

    /** Has the open changeover of the view carried out by the plan, from where it stands. */
    ChangeoverStatus adopt(String view, Plan plan, Request request);

    /** What the gates of the open changeover say now; empty where it has no plan. */
    List<GateReading> gates(String view);

    /**
     * Agrees to a step of the plan.
     *
     * @param percent the step
     * @param roles roles of the one who agrees
     */
    ChangeoverStatus approve(String view, int percent, Set<String> roles, Request request);

    /** Has nothing move forward until it is resumed. What measures break still goes back. */
    ChangeoverStatus pause(String view, Request request);

    /** Lets go on what was paused, has failed, or was rolled back. */
    ChangeoverStatus resume(String view, Request request);

    /** Asks to go on to the next step before the time of this one is over; gates and approvals still count. */
    ChangeoverStatus step(String view, Request request);
}
