package io.changeover.effect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How effects are carried out.
 *
 * @param workers effects that a node carries out at once, 1 to 256
 * @param interval longest time until what another node has appended is noticed, 1 ms to 1 hour
 * @param batch events that are looked through in one transaction, 1 to 10,000
 * @param attempts attempts before an effect has failed for good, 1 to 1,000
 * @param pause time before the second attempt; it doubles with each further one; 1 ms to 1 day
 * @param maxPause longest time between two attempts, 1 ms to 1 day
 * @param lease time after which another node takes over from one that has not been heard of, 100 ms to 1 hour
 * @param keep how long effects that are over are kept to be looked at, 1 ms to 10,000 days
 */
public record EffectOptions(
        int workers,
        Duration interval,
        int batch,
        int attempts,
        Duration pause,
        Duration maxPause,
        Duration lease,
        Duration keep) {

    /** @throws IllegalArgumentException naming every value that lies outside of its bounds */
    public EffectOptions {
        List<String> problems = new ArrayList<>();
        check(problems, "workers", workers, 256);
        check(problems, "interval", interval, Duration.ofMillis(1), Duration.ofHours(1));
        check(problems, "batch", batch, 10_000);
        check(problems, "attempts", attempts, 1_000);
        check(problems, "pause", pause, Duration.ofMillis(1), Duration.ofDays(1));
        check(problems, "maxPause", maxPause, Duration.ofMillis(1), Duration.ofDays(1));
        check(problems, "lease", lease, Duration.ofMillis(100), Duration.ofHours(1));
        check(problems, "keep", keep, Duration.ofMillis(1), Duration.ofDays(10_000));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems) + "; correct the settings of the effects");
        }
    }

    /** Four at once, ten attempts from one second up to five minutes apart, a lease of 30 seconds, kept for 30 days. */
    public static EffectOptions defaults() {
        return new EffectOptions(
                4,
                Duration.ofMillis(500),
                500,
                10,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofDays(30));
    }

    /** How long to wait after that many attempts have failed. */
    Duration pauseAfter(int failed) {
        Duration next = pause;
        for (int i = 1; i < failed && next.compareTo(maxPause) < 0; i++) {
            next = next.multipliedBy(2);
        }
        return next.compareTo(maxPause) < 0 ? next : maxPause;
    }

    private static void check(List<String> problems, String name, int value, int most) {
        if (value < 1 || value > most) {
            problems.add("%s is %d but must be from 1 to %d".formatted(name, value, most));
        }
    }

    private static void check(List<String> problems, String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add("%s is %s but must be from %s to %s".formatted(name, value, least, most));
        }
    }
}
