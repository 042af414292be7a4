package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;

/**
 * One comparison by this engine.
 *
 * @param seconds how long the caller waited for it
 * @param report what it says
 * @param found rows that it gave as not the same on both sides
 */
record Compared(double seconds, ParityReport report, List<DifferingRow> found) {

    /** Compares all rows. */
    static Compared of(InvoiceNode node, VersionId left, VersionId right) {
        List<DifferingRow> found = new ArrayList<>();
        long started = System.nanoTime();
        ParityReport report = node.parity().run(left, right, found::add);
        return new Compared((System.nanoTime() - started) / 1e9, report, found);
    }

    /** Fails the run unless all these rows were compared and are equal. */
    Compared requireEqual(long rows, Report bench) {
        boolean equal = report.verdict() == Verdict.EQUAL
                && report.rowsCompared() == rows
                && report.equal() == rows
                && found.isEmpty();
        if (!equal) { // said only where it is wrong, since it is asked of every round
            bench.require(false, "a clean pair of %,d rows must be equal: %s", rows, summary());
        }
        return this;
    }

    /** What there is to know about it, in a sentence. */
    String summary() {
        return "%s (%s); %,d rows compared, %,d equal, %d missing, %d extra, %d different, %d in flight, %d settled, %d parked; %d ranges, longest snapshot %.3f s; plan: %s"
                .formatted(
                        report.verdict(),
                        report.reason(),
                        report.rowsCompared(),
                        report.equal(),
                        report.missing(),
                        report.extra(),
                        report.different(),
                        report.inFlight(),
                        report.settled(),
                        report.parked(),
                        report.ranges(),
                        report.longestSnapshot().toNanos() / 1e9,
                        report.plan());
    }
}
