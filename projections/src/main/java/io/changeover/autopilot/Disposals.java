package io.changeover.autopilot;

import io.changeover.changeover.Disposal;
import io.changeover.plan.Plan;

/**
 * Ends old versions of changeovers whose plan has the stages of completion follow one another. A bean of this type is asked
 * by the node that holds the claim, about once a second from when the stage has lasted its minimum time.
 */
@FunctionalInterface
public interface Disposals {

    /**
     * Has the version go on to its next stage: from held to purged, from purged to dropped.
     *
     * @param commandId has it done once, however often it comes
     * @throws MoveRefusedException when a rule does not hold
     */
    void next(String view, int version, Disposal disposal, Plan.Completion completion, String commandId);
}
