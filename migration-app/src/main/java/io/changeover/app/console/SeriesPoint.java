package io.changeover.app.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at an open changeover.
 *
 * @param at when
 * @param head position of the last event in the store
 * @param applied position up to which the new version has applied all events
 * @param oldLag positions that the old version is behind
 * @param newLag the same of the new one
 * @param latency how long both versions took, or null where no call was sampled
 * @param differences share of shadow reads that differ, from 0 to 1, or null where there was none
 */
record SeriesPoint(
        Instant at,
        long head,
        long applied,
        long oldLag,
        long newLag,
        @Nullable Latency latency,
        @Nullable Double differences) {

    /** Milliseconds of the slowest method, or null where the version answered no sampled call. */
    record Latency(
            @Nullable Double oldP50, @Nullable Double oldP99, @Nullable Double newP50, @Nullable Double newP99) {}
}
