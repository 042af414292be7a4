package io.changeover.consumer;

import java.time.Duration;

/**
 * How reads are counted.
 *
 * @param interval time between two times that a node tells its counts, at least 10 ms
 * @param keep how long counts are kept, at least one day
 */
public record CollectorOptions(Duration interval, Duration keep) {

    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** A node may be late by this much before its counts are missed: twice the interval, and what a slow database takes. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    public CollectorOptions {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "changeover.consumers.interval is %s but must be at least 10 ms; correct it".formatted(interval));
        }
        if (keep.toDays() < 1) {
            throw new IllegalArgumentException(
                    "changeover.consumers.keep is %s but must be at least one day; correct it".formatted(keep));
        }
    }

    /** 5 s, 400 days. */
    public static CollectorOptions defaults() {
        return new CollectorOptions(Duration.ofSeconds(5), Duration.ofDays(400));
    }

    Duration overdue() {
        return interval.multipliedBy(3).plus(SLACK);
    }
}
