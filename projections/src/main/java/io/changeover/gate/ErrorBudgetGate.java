package io.changeover.gate;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.fallback.FallbackBudget;
import io.changeover.plan.Limits;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enough is left of the error budget, over all nodes and all steps since readers last were all with the old version: one who
 * resumes after a rollback begins with a whole budget. Less is a breach, once there were as many calls as the plan asks for.
 */
final class ErrorBudgetGate implements Gate {

    static final String NAME = "error-budget";

    /** Not a step's: the count goes on through all of them. */
    private static final Instant EVER = Instant.EPOCH;

    private final Function<GateQuestion, @Nullable FallbackBudget> source;
    private final Baselines baselines;

    /** @param source null where nobody counts */
    ErrorBudgetGate(Function<GateQuestion, @Nullable FallbackBudget> source, Baselines baselines) {
        this.source = source;
        this.baselines = baselines;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        Attempt attempt = question.attempt();
        Limits limits = question.plan().limits();
        String required = "at least %s of the budget left".formatted(Figures.percent(limits.minBudgetLeft()));
        FallbackBudget budget = source.apply(question);
        Counted all = budget == null ? Counted.NONE : new Counted(budget.calls(), budget.spent());
        if (attempt.percent() == 0) {
            baselines.renew(attempt.id(), EVER, NAME, all);
            return GateReading.pass(NAME, "no reader has moved", required);
        }
        if (budget == null) {
            return limits.minCalls() == 0
                    ? GateReading.pass(NAME, "nobody counts", required)
                    : GateReading.hold(
                            NAME,
                            "nobody counts",
                            required,
                            "calls of the new version are not counted on this node; set changeover.fallback.enabled to true, or min-calls of the plan to 0");
        }
        Counted since = all.since(baselines.of(attempt.id(), EVER, NAME, Counted.NONE));
        long allowed = (long) Math.floor(budget.share() * since.calls());
        String measured = "%d of %d calls may fall back, %d did".formatted(allowed, since.calls(), since.bad());
        if (since.calls() < limits.minCalls()) {
            return GateReading.hold(
                    NAME, measured, required, "too few calls of the new version to tell; wait for readers");
        }
        return allowed - since.bad() >= limits.minBudgetLeft() * allowed
                ? GateReading.pass(NAME, measured, required)
                : GateReading.refuse(
                        NAME,
                        measured,
                        required,
                        "too many calls fell back to the old version; look at what 'changeover fallbacks' shows");
    }
}
