package io.changeover.parity;

import java.util.Set;

/**
 * What a comparison of some homes found, at one instant.
 *
 * @param leftPosition position of the left version in the snapshot
 * @param rightPosition position of the right version in the snapshot
 * @param rowsCompared rows that were compared on both sides
 * @param differing rows that are not the same on both sides
 * @param inFlight homes that could not be compared, because an event was applied on one side only; look at them again
 * @param parked homes that could not be compared, because they wait with dead letters on either side
 */
public record HomesReport(
        long leftPosition,
        long rightPosition,
        long rowsCompared,
        long differing,
        Set<String> inFlight,
        Set<String> parked) {}
