package io.changeover.autopilot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How changeovers are carried forward.
 *
 * @param interval time between two looks at each changeover, from 10 ms to 5 s
 * @param takeover time after which another node takes over from one that has not been heard of, longer than the interval
 *     and up to a minute
 * @param patience longest time that one look may take before another node may take over, from a second to an hour
 * @param verifyAgain time from a comparison that did not find both versions equal to the next one, from 10 ms to a day
 */
public record AutopilotOptions(Duration interval, Duration takeover, Duration patience, Duration verifyAgain) {

    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** @throws IllegalArgumentException when a value lies outside of its bounds; the message names each one that does */
    public AutopilotOptions {
        List<String> problems = new ArrayList<>();
        check(problems, "interval", interval, SHORTEST, Duration.ofSeconds(5));
        check(problems, "takeover", takeover, SHORTEST, Duration.ofMinutes(1));
        check(problems, "patience", patience, Duration.ofSeconds(1), Duration.ofHours(1));
        check(problems, "verifyAgain", verifyAgain, SHORTEST, Duration.ofDays(1));
        if (takeover.compareTo(interval) <= 0) {
            problems.add(
                    "takeover is %s but must be longer than the interval, which is %s".formatted(takeover, interval));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", problems) + "; correct the settings changeover.autopilot.*");
        }
    }

    /** Once a second; a node is silent after 3 seconds, a look may take 30, and it is compared again after a minute. */
    public static AutopilotOptions defaults() {
        return new AutopilotOptions(
                Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    private static void check(List<String> problems, String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add("%s is %s but must be from %s to %s".formatted(name, value, least, most));
        }
    }
}
