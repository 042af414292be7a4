package io.changeover.operation;

import io.changeover.changeover.GateReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does from where its view stands. Times are the earliest ones: gates, approvals and the time of a backfill
 * that has not begun come on top.
 *
 * @param view name of the view
 * @param from version that serves
 * @param to version that takes over
 * @param plan name of the plan
 * @param adopted whether the open changeover is carried out by it
 * @param phase phase of the open changeover, or null where none is open
 * @param percent share of readers that the new version serves
 * @param halted why nothing moves forward, or null
 * @param steps all steps in order
 * @param gates what the plan's gates say now
 * @param text the plan as YAML, with every part written out
 */
public record PlanPreview(
        String view,
        int from,
        int to,
        String plan,
        boolean adopted,
        @Nullable String phase,
        int percent,
        @Nullable String halted,
        List<PlannedStep> steps,
        List<GateReading> gates,
        String text) {}
