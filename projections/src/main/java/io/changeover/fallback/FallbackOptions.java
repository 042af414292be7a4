package io.changeover.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the old version answers in place of the new one.
 *
 * @param errorBudget share of calls that may fall back over a changeover, from 0 to 1
 * @param failureShare share of the last calls from which on the breaker opens when they failed, above 0 and up to 1
 * @param slowCall time from which on an answer is slow; zero for the view's time limit
 * @param slowShare share of the last calls from which on the breaker opens when they were slow, above 0 and up to 1
 * @param window how many last calls the breaker judges, from 1 to 100,000
 * @param minimumCalls calls that the breaker must have seen before it judges, from 1 to the window
 * @param openFor how long an open breaker spares the new version before it lets calls try, from 10 ms to a day
 * @param trialCalls calls that may try it then, from 1 to 100,000
 * @param workers calls with a time limit that are made at once for one version, from 1 to 10,000
 * @param flushInterval how often counts are kept, from 10 ms to a day
 */
public record FallbackOptions(
        double errorBudget,
        double failureShare,
        Duration slowCall,
        double slowShare,
        int window,
        int minimumCalls,
        Duration openFor,
        int trialCalls,
        int workers,
        Duration flushInterval) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_CALLS = 100_000;
    private static final int MOST_WORKERS = 10_000;

    /** @throws IllegalArgumentException when a value lies outside of its bounds; the message names each one that does */
    public FallbackOptions {
        List<String> problems = new ArrayList<>();
        if (!(errorBudget >= 0 && errorBudget <= 1)) {
            problems.add("errorBudget is %s but must be from 0 to 1".formatted(errorBudget));
        }
        check(problems, "failureShare", failureShare);
        check(problems, "slowShare", slowShare);
        if (slowCall.isNegative()) {
            problems.add("slowCall is %s but must be PT0S or longer".formatted(slowCall));
        }
        check(problems, "window", window, MOST_CALLS);
        check(problems, "minimumCalls", minimumCalls, Math.max(1, window));
        check(problems, "trialCalls", trialCalls, MOST_CALLS);
        check(problems, "workers", workers, MOST_WORKERS);
        check(problems, "openFor", openFor);
        check(problems, "flushInterval", flushInterval);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", problems) + "; correct the settings changeover.fallback.*");
        }
    }

    /**
     * A budget of 1 in 1,000; the breaker opens for 10 seconds when half of the last 100 calls have failed or were slow, but
     * not before 20, and then lets 10 try; 5 workers; counts are kept every 2 seconds.
     */
    public static FallbackOptions defaults() {
        return new FallbackOptions(
                0.001, 0.5, Duration.ZERO, 0.5, 100, 20, Duration.ofSeconds(10), 10, 5, Duration.ofSeconds(2));
    }

    private static void check(List<String> problems, String name, double share) {
        if (!(share > 0 && share <= 1)) {
            problems.add("%s is %s but must be above 0 and up to 1".formatted(name, share));
        }
    }

    private static void check(List<String> problems, String name, int value, int most) {
        if (value < 1 || value > most) {
            problems.add("%s is %d but must be from 1 to %d".formatted(name, value, most));
        }
    }

    private static void check(List<String> problems, String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            problems.add("%s is %s but must be from %s to %s".formatted(name, value, SHORTEST, LONGEST));
        }
    }
}
