package io.changeover.gate;

import io.changeover.changeover.GateReading;
import io.changeover.gate.StepCounts.Seen;
import io.changeover.plan.Limits;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * No greater share of calls went wrong than may, since the present step began, over all nodes. Fewer calls than the plan asks
 * for say nothing, and hold. A greater share is a breach; so is one of the last half minute in which as many calls went
 * wrong as the plan asks for at all, since in a long step the calls that went well would hide it for long.
 */
final class ShareGate implements Gate {

    static final String SHADOW_DIFFERENCES = "shadow-differences";
    static final String ERRORS = "errors";

    /**
     * What a gate is about.
     *
     * @param beforeMoving whether it is judged before the first reader moves; else it passes until then
     */
    private record Words(
            String name, String calls, boolean beforeMoving, String nobodyCounts, String tooFew, String tooMany) {}

    private final Words words;
    private final StepCounts counts;
    private final ToDoubleFunction<Limits> most;
    private final ToLongFunction<Limits> least;

    private ShareGate(Words words, StepCounts counts, ToDoubleFunction<Limits> most, ToLongFunction<Limits> least) {
        this.words = words;
        this.counts = counts;
        this.most = most;
        this.least = least;
    }

    /** Shadow reads that differ. They are made before the first reader moves, and judged from then on. */
    static ShareGate shadowDifferences(StepCounts counts) {
        return new ShareGate(
                new Words(
                        SHADOW_DIFFERENCES,
                        "shadow reads",
                        true,
                        "no shadow reads are made on this node; set changeover.shadow.enabled to true, or min-shadow-samples of the plan to 0",
                        "too few shadow reads since the step began to tell; wait for readers, or raise the view's shadow-share",
                        "the versions answer readers differently; look at what 'changeover shadow' shows"),
                counts,
                Limits::maxShadowDifferences,
                Limits::minShadowSamples);
    }

    /** Calls that the new version failed, was too slow or too busy for, or was spared. */
    static ShareGate errors(StepCounts counts) {
        return new ShareGate(
                new Words(
                        ERRORS,
                        "calls",
                        false,
                        "calls of the new version are not counted on this node; set changeover.fallback.enabled to true, or min-calls of the plan to 0",
                        "too few calls of the new version since the step began to tell; wait for readers",
                        "the new version fails its readers; look at what 'changeover fallbacks' shows"),
                counts,
                Limits::maxErrors,
                Limits::minCalls);
    }

    @Override
    public String name() {
        return words.name();
    }

    @Override
    public GateReading read(GateQuestion question) {
        Limits limits = question.plan().limits();
        double share = most.applyAsDouble(limits);
        long enough = least.applyAsLong(limits);
        String required = "at most %s of at least %d %s".formatted(Figures.percent(share), enough, words.calls());
        Seen seen = counts.read(question); // asked in any case, as the first look at a step is where its counts begin
        if (!words.beforeMoving() && question.attempt().percent() == 0) {
            return GateReading.pass(words.name(), "no reader has moved", required);
        }
        if (seen == null) {
            return enough == 0
                    ? GateReading.pass(words.name(), "nobody counts", required)
                    : GateReading.hold(words.name(), "nobody counts", required, words.nobodyCounts());
        }
        String measured = measured(seen.step(), "since the step began");
        if (seen.step().calls() < enough) {
            return GateReading.hold(words.name(), measured, required, words.tooFew());
        }
        if (seen.step().share() > share) {
            return GateReading.refuse(words.name(), measured, required, words.tooMany());
        }
        Counted recent = seen.recent();
        return recent.bad() >= Math.max(1, enough) && recent.share() > share
                ? GateReading.refuse(
                        words.name(), measured(recent, "of the last half minute"), required, words.tooMany())
                : GateReading.pass(words.name(), measured, required);
    }

    private String measured(Counted counted, String when) {
        return "%s of %d %s %s".formatted(Figures.percent(counted.share()), counted.calls(), words.calls(), when);
    }
}
