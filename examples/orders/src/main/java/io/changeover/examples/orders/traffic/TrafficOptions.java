package io.changeover.examples.orders.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How traffic flows.
 *
 * @param rate new orders per second, greater than zero
 * @param limit after how many orders it ends, or 0 for never
 * @param seed what the orders look like; the same seed gives the same orders
 * @param start time of the first order; when empty, each order has the time at which it is made
 * @param step time from one order to the next where {@code start} is given
 */
public record TrafficOptions(double rate, long limit, long seed, Optional<Instant> start, Duration step) {

    private static final double MAX_RATE = 10_000;

    /**
     * @throws IllegalArgumentException naming the value that cannot be used
     */
    public TrafficOptions {
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new IllegalArgumentException(
                    "Traffic rate %s must be greater than 0 and at most %s orders per second; correct 'orders.traffic.rate' or switch traffic off with 'orders.traffic.enabled=false'"
                            .formatted(rate, MAX_RATE));
        }
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "Traffic limit %d must not be negative; give 0 for traffic without end".formatted(limit));
        }
        if (step.isNegative()) {
            throw new IllegalArgumentException(
                    "Traffic step %s must not be negative; correct 'orders.traffic.step'".formatted(step));
        }
    }

    boolean reached(long index) {
        return limit > 0 && index > limit;
    }
}
