package io.changeover.fallback;

import java.util.Arrays;

/**
 * How many calls of a changeover may fall back, and how many have. A call counts that the new version was to answer: one
 * that it answered, or one that it failed, was too slow or too busy for, or was spared. Calls that neither version answers,
 * or whose caller was interrupted, say nothing about it and do not count.
 *
 * @param share share of calls that may fall back, from 0 to 1
 * @param calls calls that count
 * @param allowed calls that may fall back, of as many; rounded down
 * @param spent calls that did fall back
 * @param left calls that may still fall back; below zero when more did than may
 * @param exceeded whether more did than may
 */
public record FallbackBudget(double share, long calls, long allowed, long spent, long left, boolean exceeded) {

    /** The budget of a share, as these calls have spent it. */
    public static FallbackBudget of(double share, FallbackCounts counts) {
        long calls = Arrays.stream(Outcome.values())
                .filter(Outcome::isJudged)
                .mapToLong(counts::of)
                .sum();
        long spent = Arrays.stream(Outcome.values())
                .filter(Outcome::spendsBudget)
                .mapToLong(counts::of)
                .sum();
        long allowed = (long) Math.floor(share * calls);
        return new FallbackBudget(share, calls, allowed, spent, allowed - spent, spent > allowed);
    }
}
