package io.changeover.benchmark.soak;

import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import java.time.Duration;

/**
 * What the comparisons of one pair came to.
 *
 * @param comparisons how many there were
 * @param equal how many of them had compared all and found nothing
 * @param different how many of them found something
 * @param notComparable how many of them found nothing and had not compared all
 * @param rowsCompared rows compared in all of them
 * @param inFlight rows that one could not compare to its end
 * @param settled rows that were in flight at first and were compared later
 * @param parked homes that waited with dead letters
 * @param longestSnapshot longest time that one snapshot was held
 * @param falseDifferences rows that were found and must not be
 * @param missedDifferences rows that were not found and must be
 * @param trueDifferences rows that were found and must be
 */
record SoakResult(
        long comparisons,
        long equal,
        long different,
        long notComparable,
        long rowsCompared,
        long inFlight,
        long settled,
        long parked,
        Duration longestSnapshot,
        long falseDifferences,
        long missedDifferences,
        long trueDifferences) {

    static final SoakResult NOTHING = new SoakResult(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0, 0);

    /** With one more comparison. */
    SoakResult plus(ParityReport report, long falseOnes, long missed, long found) {
        return new SoakResult(
                comparisons + 1,
                equal + (report.verdict() == Verdict.EQUAL ? 1 : 0),
                different + (report.verdict() == Verdict.DIFFERENT ? 1 : 0),
                notComparable + (report.verdict() == Verdict.NOT_COMPARABLE ? 1 : 0),
                rowsCompared + report.rowsCompared(),
                inFlight + report.inFlight(),
                settled + report.settled(),
                parked + report.parked(),
                longestSnapshot.compareTo(report.longestSnapshot()) > 0 ? longestSnapshot : report.longestSnapshot(),
                falseDifferences + falseOnes,
                missedDifferences + missed,
                trueDifferences + found - falseOnes);
    }

    /** In a sentence. */
    String summary() {
        return "%,d comparisons (%,d equal, %,d different, %,d not comparable): %,d rows compared, %,d in flight to the end, %,d settled, %,d parked; longest snapshot %.3f s; %,d differences found rightly, %,d falsely, %,d missed"
                .formatted(
                        comparisons,
                        equal,
                        different,
                        notComparable,
                        rowsCompared,
                        inFlight,
                        settled,
                        parked,
                        longestSnapshot.toNanos() / 1e9,
                        trueDifferences,
                        falseDifferences,
                        missedDifferences);
    }
}
