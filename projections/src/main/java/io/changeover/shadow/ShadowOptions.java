package io.changeover.shadow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How shadow reads are made.
 *
 * @param threads threads of this node that ask, 1 to 64; each holds one connection while it does
 * @param queue calls that wait for a thread, 1 to 100,000; further ones are left out and counted
 * @param timeout longest time for one call of a version, 1 ms to a day
 * @param exactEvery every so many calls are looked at exactly without a difference, to measure how often the serving
 *     version contradicts itself; 1 or greater
 * @param attempts how often a call that differs is looked at while events are in flight, 1 to 100
 * @param pause pause before each further look, 0 to a minute
 * @param maxGap positions between the two versions beyond which everything is taken to be in flight, 1 or greater
 * @param keptDifferences latest differences that are kept of each view, 1 to 10,000
 * @param flushInterval how often counts are written, 10 ms to an hour; a crash loses what was counted since
 */
public record ShadowOptions(
        int threads,
        int queue,
        Duration timeout,
        int exactEvery,
        int attempts,
        Duration pause,
        long maxGap,
        int keptDifferences,
        Duration flushInterval) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds; the message names each one that does */
    public ShadowOptions {
        List<String> problems = new ArrayList<>();
        check(problems, "threads", threads, 1, 64);
        check(problems, "queue", queue, 1, 100_000);
        check(problems, "timeout", timeout, Duration.ofMillis(1), Duration.ofDays(1));
        check(problems, "exactEvery", exactEvery, 1, Integer.MAX_VALUE);
        check(problems, "attempts", attempts, 1, 100);
        check(problems, "pause", pause, Duration.ZERO, Duration.ofMinutes(1));
        check(problems, "maxGap", maxGap, 1, Long.MAX_VALUE);
        check(problems, "keptDifferences", keptDifferences, 1, 10_000);
        check(problems, "flushInterval", flushInterval, Duration.ofMillis(10), Duration.ofHours(1));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", problems) + "; correct the settings of the shadow reads");
        }
    }

    /** 2 threads, 100 calls, 5 s, every 10th exactly, 3 looks with 50 ms between, 10,000 positions, 200 kept, 5 s. */
    public static ShadowOptions defaults() {
        return new ShadowOptions(
                2, 100, Duration.ofSeconds(5), 10, 3, Duration.ofMillis(50), 10_000, 200, Duration.ofSeconds(5));
    }

    private static void check(List<String> problems, String name, long value, long least, long most) {
        if (value < least || value > most) {
            problems.add("%s is %d but must lie between %d and %d".formatted(name, value, least, most));
        }
    }

    private static void check(List<String> problems, String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add("%s is %s but must lie between %s and %s".formatted(name, value, least, most));
        }
    }
}
