package io.changeover.gate;

import io.changeover.changeover.GateReading;
import io.changeover.shadow.VersionLatencies;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The new version does not take too many times as long as the old one, at the 99th percentile of the calls that both were
 * asked since the present step began, on this node. Both have answered the same calls, so the mix of methods is the same.
 * Times below a millisecond count as one: what is shorter tells of the machine. With fewer than 100 calls that percentile is
 * the slowest call, so that a ratio which is too high then holds and is no breach yet. Where nobody reads on this node it
 * holds, since figures of other nodes are not known here.
 */
final class LatencyGate implements Gate {

    static final String NAME = "latency";

    private static final long ENOUGH_FOR_A_PERCENTILE = 100;
    private static final long SHORTEST_MICROS = 1_000;

    private final Function<GateQuestion, @Nullable VersionLatencies> source;

    /** @param source null where no shadow reads are made */
    LatencyGate(Function<GateQuestion, @Nullable VersionLatencies> source) {
        this.source = source;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        double most = question.plan().limits().maxLatencyRatio();
        long enough = question.plan().limits().minCalls();
        String required = "at most %s of at least %d calls".formatted(Figures.times(most), enough);
        VersionLatencies seen = source.apply(question);
        long calls = seen == null ? 0 : Math.min(seen.oldCalls(), seen.newCalls());
        if (seen == null || calls < enough || calls == 0) {
            String measured = seen == null ? "nobody measures" : "%d calls on this node".formatted(calls);
            return question.attempt().percent() == 0 || enough == 0
                    ? GateReading.pass(NAME, measured, required)
                    : GateReading.hold(
                            NAME,
                            measured,
                            required,
                            "too few calls were asked of both versions since the step began to tell; wait for readers, or raise the view's shadow-share");
        }
        double ratio =
                (double) Math.max(SHORTEST_MICROS, seen.newMicros()) / Math.max(SHORTEST_MICROS, seen.oldMicros());
        String measured = "%s, %s to %s, of %d calls on this node"
                .formatted(
                        Figures.times(ratio),
                        Figures.millis(seen.newMicros()),
                        Figures.millis(seen.oldMicros()),
                        calls);
        if (ratio <= most) {
            return GateReading.pass(NAME, measured, required);
        }
        return calls >= ENOUGH_FOR_A_PERCENTILE
                ? GateReading.refuse(
                        NAME, measured, required, "the new version is too slow; look at the plans of its queries")
                : GateReading.hold(
                        NAME,
                        measured,
                        required,
                        "the new version seems too slow, which fewer than %d calls do not prove; wait for readers"
                                .formatted(ENOUGH_FOR_A_PERCENTILE));
    }
}
