package io.changeover.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the built-in gates ask for.
 *
 * @param maxLag positions that either version may be behind the head of the store
 * @param maxParityAge how old the last comparison may be before a step
 * @param maxDeadLetters events that may wait in the new version
 * @param maxShadowDifferences share of shadow reads that may differ, from 0 to 1
 * @param minShadowSamples shadow reads below which nothing is said about that share
 * @param maxErrors share of the new version's calls that may fail or be too slow, from 0 to 1
 * @param minCalls calls below which nothing is said about errors and latency
 * @param maxLatencyRatio how many times as long as the old version the new one may take, at the 99th percentile
 * @param minBudgetLeft share of the error budget that must be left, from 0 to 1
 * @param nodes whether all nodes must have acknowledged the latest decision
 */
public record Limits(
        long maxLag,
        Duration maxParityAge,
        long maxDeadLetters,
        double maxShadowDifferences,
        long minShadowSamples,
        double maxErrors,
        long minCalls,
        double maxLatencyRatio,
        double minBudgetLeft,
        boolean nodes) {

    static final double HIGHEST_RATIO = 1_000;

    /**
     * 1,000 positions, 15 minutes, no dead letters, 1 in 1,000 shadow reads of at least 20, 1 in 100 calls of at least 20,
     * twice the latency, nothing of the budget overdrawn, all nodes.
     */
    public static final Limits DEFAULT = new Limits(1_000, Duration.ofMinutes(15), 0, 0.001, 20, 0.01, 20, 2, 0, true);

    /** @throws InvalidPlanException when a limit cannot be; the message names each such limit */
    public Limits {
        List<String> problems = new ArrayList<>();
        requireCount(problems, "max-lag", maxLag);
        Plan.requireDuration(problems, "max-parity-age", maxParityAge);
        requireCount(problems, "max-dead-letters", maxDeadLetters);
        requireShare(problems, "max-shadow-differences", maxShadowDifferences);
        requireCount(problems, "min-shadow-samples", minShadowSamples);
        requireShare(problems, "max-errors", maxErrors);
        requireCount(problems, "min-calls", minCalls);
        if (!(maxLatencyRatio > 0 && maxLatencyRatio <= HIGHEST_RATIO)) {
            problems.add("max-latency-ratio is %s but must be above 0, at most 1000".formatted(maxLatencyRatio));
        }
        requireShare(problems, "min-budget-left", minBudgetLeft);
        if (!problems.isEmpty()) {
            throw new InvalidPlanException(problems);
        }
    }

    private static void requireCount(List<String> problems, String name, long value) {
        if (value < 0) {
            problems.add("%s is %d but must be 0 or greater".formatted(name, value));
        }
    }

    private static void requireShare(List<String> problems, String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            problems.add("%s is %s but must be from 0 to 1".formatted(name, value));
        }
    }
}
