package io.changeover.gate;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.plan.Plan;
import java.time.Instant;

/**
 * What a gate is asked.
 *
 * @param view name of the view
 * @param attempt the open changeover
 * @param plan the plan that it is carried out by
 * @param now the time
 */
public record GateQuestion(String view, Attempt attempt, Plan plan, Instant now) {}
