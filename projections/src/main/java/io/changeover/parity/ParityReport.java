package io.changeover.parity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found.
 *
 * @param left written form of one version, such as {@code order-board@1}
 * @param right written form of the other
 * @param leftPosition position that the left version had reached in the last snapshot
 * @param rightPosition position that the right version had reached in the last snapshot
 * @param rowsCompared rows that were compared on both sides
 * @param equal how many of them are equal
 * @param inFlight rows that no snapshot could compare, because an event was applied on one side only
 * @param settled rows that were in flight at first and could be compared later
 * @param parked homes that wait with dead letters on one side and so cannot be compared
 * @param missing rows that only the left side has
 * @param extra rows that only the right side has
 * @param different rows that differ in at least one field
 * @param differencesByField for each field of the canonical record, in how many rows it differs
 * @param samples at most ten differences of each kind
 * @param plan how rows were compared, in a sentence
 * @param rules every rule by which values count as equal that are not the same, and what is not compared at all, with
 *     reasons; empty where all fields are compared as they are
 * @param ranges ranges that were compared, each in a snapshot of its own
 * @param longestSnapshot longest time that one snapshot was held
 * @param startedAt when the comparison began
 * @param duration how long it took
 * @param verdict what follows from all this
 * @param reason the verdict in a sentence
 */
public record ParityReport(
        String left,
        String right,
        long leftPosition,
        long rightPosition,
        long rowsCompared,
        long equal,
        long inFlight,
        long settled,
        long parked,
        long missing,
        long extra,
        long different,
        Map<String, Long> differencesByField,
        List<Difference> samples,
        String plan,
        List<String> rules,
        int ranges,
        Duration longestSnapshot,
        Instant startedAt,
        Duration duration,
        Verdict verdict,
        String reason) {

    /** The judgement of a comparison. */
    public enum Verdict {
        /** Every row was compared and is equal. */
        EQUAL,
        /** At least one row truly differs. */
        DIFFERENT,
        /** No row differs, but some could not be compared, so nothing is proven. */
        NOT_COMPARABLE
    }
}
