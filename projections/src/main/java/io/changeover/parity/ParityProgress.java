package io.changeover.parity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a comparison has come and what it has found so far: all that is needed to go on with it, in this process or in
 * another. Turns into JSON and back without loss.
 *
 * @param after home after which the next range begins, as text; null where nothing is compared yet
 * @param done whether all ranges are compared
 * @param estimatedRows rows that there are to compare, as the database estimates
 * @param leftPosition position of the left version in the last snapshot
 * @param rightPosition position of the right version in the last snapshot
 * @param rowsCompared rows that were compared on both sides
 * @param equal how many of them are equal
 * @param missing rows that only the left side has
 * @param extra rows that only the right side has
 * @param different rows that differ in at least one field
 * @param differencesByField for each field of the canonical record, in how many rows it differs
 * @param inFlight rows that no snapshot could compare
 * @param settled rows that were in flight at first and could be compared later
 * @param parked homes that wait with dead letters on either side
 * @param incomparable why rows could not be compared at all, or null
 * @param samples some differences of each kind
 * @param ranges ranges that are compared, each in a snapshot of its own
 * @param longestSnapshot longest time that one snapshot was held
 * @param plan how rows are compared, in a sentence; empty before the first range
 * @param startedAt when the comparison was first begun
 * @param worked time spent on it so far, in all processes
 */
public record ParityProgress(
        @Nullable String after,
        boolean done,
        long estimatedRows,
        long leftPosition,
        long rightPosition,
        long rowsCompared,
        long equal,
        long missing,
        long extra,
        long different,
        Map<String, Long> differencesByField,
        long inFlight,
        long settled,
        long parked,
        @Nullable String incomparable,
        List<Difference> samples,
        int ranges,
        Duration longestSnapshot,
        String plan,
        Instant startedAt,
        Duration worked) {

    /** Rows that are not the same on both sides. */
    public long differing() {
        return missing + extra + different;
    }

    /** The part that is done, from 0 to 1, as far as the estimate is right. */
    public double fraction() {
        long seen = rowsCompared + missing + extra + inFlight;
        return done ? 1 : estimatedRows <= 0 ? 0 : Math.min(0.99, (double) seen / estimatedRows);
    }

    /** Time left at the pace so far; null where nothing can be said yet. */
    public @Nullable Duration eta() {
        double fraction = fraction();
        if (done) {
            return Duration.ZERO;
        }
        return fraction <= 0 ? null : Duration.ofMillis(Math.round(worked.toMillis() * (1 - fraction) / fraction));
    }
}
