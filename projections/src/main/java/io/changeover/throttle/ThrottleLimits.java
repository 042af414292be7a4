package io.changeover.throttle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What background work on this node may cost the live side. Below half of a limit the work grows, above it it shrinks,
 * at twice the limit it stops until half of it is reached again. A limit of zero is switched off.
 *
 * @param stopped whether all work rests until somebody takes this back
 * @param maxWorkers greatest number of workers that are busy at once, 1 to {@value #MOST_WORKERS}
 * @param maxEventsPerSecond greatest number of events that all workers together take up in a second, or 0
 * @param liveLatency time that 95 of 100 appends on this node take at most, from their insert to their commit, or zero
 * @param liveLatencyRatio how many times as long as undisturbed appends on this node may take on average, or 0. An
 *     undisturbed append is one while no work was busy; where those are too few, work rests for a moment to hear some
 * @param liveLag events that a live version may be behind the end of the store, or 0
 * @param connectionWait how long the pool may take to hand out a connection, or zero
 * @param replicationLag bytes of the write-ahead log that a standby may be behind, or 0
 * @param replicationDelay time that a standby may be behind, or zero
 */
public record ThrottleLimits(
        boolean stopped,
        int maxWorkers,
        int maxEventsPerSecond,
        Duration liveLatency,
        double liveLatencyRatio,
        long liveLag,
        Duration connectionWait,
        long replicationLag,
        Duration replicationDelay) {

    /** Most workers that can be allowed. */
    public static final int MOST_WORKERS = 256;

    /** Highest rate that can be asked for. */
    public static final int HIGHEST_RATE = 100_000_000;

    /** Lowest ratio of latencies that can be told from chance. */
    public static final double LOWEST_RATIO = 1.02;

    /** Highest ratio of latencies. */
    public static final double HIGHEST_RATIO = 100;

    /** Shortest time that can be a limit. */
    public static final Duration SHORTEST = Duration.ofMillis(1);

    /** Longest time that can be a limit. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException when a limit lies outside of its bounds; the message names each one that does */
    public ThrottleLimits {
        List<String> problems = new ArrayList<>();
        if (maxWorkers < 1 || maxWorkers > MOST_WORKERS) {
            problems.add("maxWorkers is %d but must be from 1 to %d".formatted(maxWorkers, MOST_WORKERS));
        }
        if (maxEventsPerSecond < 0 || maxEventsPerSecond > HIGHEST_RATE) {
            problems.add("maxEventsPerSecond is %d but must be from 1 to %d, or 0 for no limit"
                    .formatted(maxEventsPerSecond, HIGHEST_RATE));
        }
        // Written so that a value that is no number is refused too.
        if (liveLatencyRatio != 0 && !(liveLatencyRatio >= LOWEST_RATIO && liveLatencyRatio <= HIGHEST_RATIO)) {
            problems.add("liveLatencyRatio is %s but must be from %s to %s, or 0 for no limit"
                    .formatted(liveLatencyRatio, LOWEST_RATIO, HIGHEST_RATIO));
        }
        check(problems, "liveLatency", liveLatency);
        check(problems, "liveLag", liveLag);
        check(problems, "connectionWait", connectionWait);
        check(problems, "replicationLag", replicationLag);
        check(problems, "replicationDelay", replicationDelay);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems) + "; correct the limits of the throttle");
        }
    }

    /**
     * What somebody who is called at night would want: the readers and writers first, and a backfill that gets by.
     *
     * <ul>
     *   <li>As many workers as processors, and no limit of the rate: on an idle system nothing holds work up.
     *   <li>Appends may take 1.1 times as long as undisturbed, so writers keep nine tenths of their throughput. In
     *       figures, 100 ms for 95 of 100 appends: ten times what a healthy store takes, and about where people notice.
     *   <li>1,000 events of lag, because the gate of a shift refuses above that, and readers see rows of before.
     *   <li>100 ms for a connection: a healthy pool gives one in microseconds, so somebody is queueing.
     *   <li>64 MiB or 5 seconds of a standby's lag, four segments of the log: far from what a slot keeps, and little to
     *       catch up with in a failover.
     * </ul>
     */
    public static ThrottleLimits defaults() {
        return new ThrottleLimits(
                false,
                Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()),
                0,
                Duration.ofMillis(100),
                1.1,
                1_000,
                Duration.ofMillis(100),
                64L << 20,
                Duration.ofSeconds(5));
    }

    private static void check(List<String> problems, String name, long value) {
        if (value < 0) {
            problems.add("%s is %d but must be 1 or greater, or 0 for no limit".formatted(name, value));
        }
    }

    private static void check(List<String> problems, String name, Duration value) {
        if (!value.isZero() && (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0)) {
            problems.add("%s is %s but must be from %s to %s, or zero for no limit"
                    .formatted(name, value, SHORTEST, LONGEST));
        }
    }
}
