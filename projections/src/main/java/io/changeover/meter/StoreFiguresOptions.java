package io.changeover.meter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the figures of the store are read.
 *
 * @param interval time between two readings, from 100 ms to a minute
 * @param silentAfter time after which a node that carries a changeover and is not heard of counts as gone; more than zero
 * @param maxNodes most nodes that are told of, those heard of last first; from 1 to 1,000
 */
public record StoreFiguresOptions(Duration interval, Duration silentAfter, int maxNodes) {

    /** A reading counts for this many intervals; what is older says nothing about now. */
    static final int GOOD_FOR_INTERVALS = 3;

    /** @throws IllegalArgumentException when a value lies outside of its bounds; the message names each one that does */
    public StoreFiguresOptions {
        List<String> problems = new ArrayList<>();
        if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofMinutes(1)) > 0) {
            problems.add("interval is %s but must be from 100 ms to a minute".formatted(interval));
        }
        if (silentAfter.isNegative() || silentAfter.isZero()) {
            problems.add("silentAfter is %s but must be more than zero".formatted(silentAfter));
        }
        if (maxNodes < 1 || maxNodes > 1_000) {
            problems.add("maxNodes is %d but must be from 1 to 1,000".formatted(maxNodes));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", problems) + "; correct the settings changeover.meters.*");
        }
    }
}
