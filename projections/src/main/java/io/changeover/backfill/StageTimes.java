package io.changeover.backfill;

import java.time.Duration;

/**
 * Where the time of a backfill went, summed over the threads that work at once. For versions that are built together it is
 * that of all of them.
 *
 * @param read reading events from the store and decoding them
 * @param parse taking them up and parsing them
 * @param fold folding them into rows
 * @param load reading rows back that had to leave memory
 * @param write writing rows and committing
 * @param index building keys, indexes and statistics
 */
public record StageTimes(Duration read, Duration parse, Duration fold, Duration load, Duration write, Duration index) {

    /** No time at all. */
    public static StageTimes none() {
        return new StageTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
