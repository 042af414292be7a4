package io.changeover.parity;

import java.util.List;
import java.util.Map;

/**
 * Counts of a comparison.
 *
 * @param equal rows that are equal
 * @param missing rows that only the left side has
 * @param extra rows that only the right side has
 * @param different rows that differ in at least one field
 * @param byField for each field in how many rows it differs
 * @param samples some differences of each kind
 */
record Findings(
        long equal, long missing, long extra, long different, Map<String, Long> byField, List<Difference> samples) {

    static final Findings NONE = new Findings(0, 0, 0, 0, Map.of(), List.of());

    static Findings of(ParityProgress progress) {
        return new Findings(
                progress.equal(),
                progress.missing(),
                progress.extra(),
                progress.different(),
                progress.differencesByField(),
                progress.samples());
    }

    boolean clean() {
        return missing == 0 && extra == 0 && different == 0;
    }
}
