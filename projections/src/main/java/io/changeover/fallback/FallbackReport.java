package io.changeover.fallback;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How readers of a new version fared in a changeover.
 *
 * @param view name of the view
 * @param changeover identifier of the changeover: the open one, else the last
 * @param version the new version, such as {@code order-board@2}
 * @param fallback the old one, which answers where the new one does not
 * @param guarded whether the changeover is open, so that the old version can still answer
 * @param node the node whose breaker, workers, latency and failures these are
 * @param breaker {@code closed}, {@code open} or {@code half-open} on this node; {@code unused} before its first call
 * @param timeLimit longest time that this node waits for the new version; zero for no limit
 * @param workers calls that this node makes with a time limit at once, at most
 * @param working calls that are being made so now, those among them that were given up
 * @param calls how calls ended, over all nodes and their starts
 * @param budget how many may fall back, over all nodes and their starts
 * @param latency how long readers of this node waited, or null before an answer
 * @param failures the last ones on this node since it was started, the latest first
 */
public record FallbackReport(
        String view,
        String changeover,
        String version,
        String fallback,
        boolean guarded,
        String node,
        String breaker,
        Duration timeLimit,
        int workers,
        int working,
        FallbackCounts calls,
        FallbackBudget budget,
        @Nullable FallbackLatency latency,
        List<FallbackFailure> failures) {

    /** Copies the list. */
    public FallbackReport {
        failures = List.copyOf(failures);
    }
}
