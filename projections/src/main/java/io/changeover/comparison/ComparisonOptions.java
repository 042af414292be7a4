package io.changeover.comparison;

import java.time.Duration;

/**
 * How comparisons of a node are carried out.
 *
 * @param atOnce comparisons that run at once, 1 or greater; the others wait for their turn
 * @param maxDifferences differing rows that are kept, 1 or greater; with more, a comparison stops at the end of the range
 * @param retention how long a comparison that has ended is kept, longer than nothing; the latest of two versions stays
 * @param heartbeat how often a running comparison tells that it is alive and looks whether it is still wanted
 * @param staleAfter how long nothing must be heard of a running comparison before another node takes it over; longer than
 *     the heartbeat
 * @param look how often to look for such comparisons
 * @param buffer differing rows that are held in memory before they are written, 1 or greater
 */
public record ComparisonOptions(
        int atOnce,
        long maxDifferences,
        Duration retention,
        Duration heartbeat,
        Duration staleAfter,
        Duration look,
        int buffer) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    public ComparisonOptions {
        requireAtLeastOne("atOnce", atOnce);
        requireAtLeastOne("maxDifferences", maxDifferences);
        requireAtLeastOne("buffer", buffer);
        requirePositive("retention", retention);
        requirePositive("heartbeat", heartbeat);
        requirePositive("look", look);
        if (staleAfter.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException(
                    "staleAfter is %s but must be longer than the heartbeat of %s; give a longer one"
                            .formatted(staleAfter, heartbeat));
        }
    }

    private static void requireAtLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "%s is %d but must be 1 or greater; give a greater one".formatted(name, value));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "%s is %s but must be longer than nothing; give a longer one".formatted(name, value));
        }
    }

    /** 2 at once, 1,000,000 differences, 30 days; a heartbeat every 2 seconds, stale after 30, a look every 10. */
    public static ComparisonOptions defaults() {
        return new ComparisonOptions(
                2,
                1_000_000,
                Duration.ofDays(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                2_000);
    }
}
