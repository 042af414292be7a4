package io.changeover.simulation;

import java.util.List;

/**
 * How far off earlier estimates of durations were, as shares: 0.2 where a backfill took a fifth longer than was estimated.
 *
 * @param estimates how many of them were followed by a backfill that has ended; the others below are 0 where none was
 * @param lowest the least
 * @param highest the greatest
 * @param correction factor by which this estimate is corrected: the median of what backfills took, in relation to what
 *     was measured before them; 1 where none was
 */
public record PastErrors(int estimates, double lowest, double highest, double correction) {

    /** What one estimate was and became, in seconds. */
    record Kept(double measured, double estimated, double actual) {}

    static PastErrors of(List<Kept> kept) {
        if (kept.isEmpty()) {
            return new PastErrors(0, 0, 0, 1);
        }
        double[] errors = kept.stream()
                .mapToDouble(each -> each.actual() / each.estimated() - 1)
                .sorted()
                .toArray();
        double[] factors = kept.stream()
                .mapToDouble(each -> each.actual() / each.measured())
                .sorted()
                .toArray();
        int middle = factors.length / 2;
        double median = factors.length % 2 == 1 ? factors[middle] : (factors[middle - 1] + factors[middle]) / 2;
        return new PastErrors(kept.size(), errors[0], errors[errors.length - 1], median);
    }
}
