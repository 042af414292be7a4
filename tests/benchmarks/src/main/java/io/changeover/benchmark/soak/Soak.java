package io.changeover.benchmark.soak;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.Faulty;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.soak.WrongKeys.Judgement;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes and compares, first two right versions, then also one with a fault, and in the end with nobody writing. */
final class Soak {

    private static final List<String> FAULT = List.of("totalMinorUnits");
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long PROGRESS_NANOS = 60 * SECOND_NANOS;

    private final SoakOptions options;
    private final Database store;
    private final InvoiceNode node;
    private final Report report;
    private final WrongKeys wrong = new WrongKeys();
    private final long begun = System.nanoTime();
    private SoakResult right = SoakResult.NOTHING;
    private SoakResult faulty = SoakResult.NOTHING;
    private long lastProgress = begun;

    /** @param node on which the right versions are live and the wrong one is not */
    Soak(SoakOptions options, Database store, InvoiceNode node, Report report) {
        this.options = options;
        this.store = store;
        this.node = node;
        this.report = report;
    }

    void run() {
        List<SoakWriter> writers = new ArrayList<>();
        for (int i = 0; i < options.writers(); i++) {
            OwnInvoices own = new OwnInvoices(i, options.writers(), options.rows());
            double rate = (double) options.rate() / options.writers();
            writers.add(new SoakWriter(store, own, rate, options.seed() + i).start());
        }
        try {
            long half = options.millis() / 2 * 1_000_000;
            for (long until = System.nanoTime() + half; System.nanoTime() < until; ) {
                compareRight();
                look(writers);
            }
            report.progress("Building %s beside the writers.".formatted(InvoiceBoards.WRONG));
            node.live(InvoiceBoards.WRONG);
            for (long until = System.nanoTime() + half; System.nanoTime() < until; ) {
                compareFaulty();
                compareRight();
                look(writers);
            }
        } finally {
            writers.forEach(SoakWriter::close);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long committed = writers.stream().mapToLong(SoakWriter::committed).sum();
        report.line(
                "%.0f s: %,d events committed, %.0f a second, and %,d rolled back, by %d writers",
                seconds,
                committed,
                committed / seconds,
                writers.stream().mapToLong(SoakWriter::rolledBack).sum(),
                writers.size());
        report.require(committed > 0, "the writers have written");
        settle();
        print();
        explain();
    }

    private void look(List<SoakWriter> writers) {
        if (writers.stream().anyMatch(SoakWriter::hasEnded)) {
            throw new IllegalStateException("a writer has ended before its time");
        }
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            report.progress("After %d s: right: %s".formatted((lastProgress - begun) / SECOND_NANOS, right.summary()));
            report.progress("            faulty: " + faulty.summary());
        }
    }

    private ParityReport compareRight() {
        List<DifferingRow> found = new ArrayList<>();
        ParityReport result = node.parity().run(InvoiceBoards.OLD, InvoiceBoards.NEW, found::add);
        right = right.plus(result, found.size(), 0, found.size());
        if (!found.isEmpty() || result.verdict() == Verdict.DIFFERENT) {
            report.require(false, "a difference that is not there: %s, %s", result.reason(), found);
        }
        return result;
    }

    private ParityReport compareFaulty() {
        List<DifferingRow> found = new ArrayList<>();
        long from = Math.min(node.low(InvoiceBoards.OLD), node.low(InvoiceBoards.WRONG));
        ParityReport result = node.parity().run(InvoiceBoards.OLD, InvoiceBoards.WRONG, found::add);
        long to = Math.max(node.high(InvoiceBoards.OLD), node.high(InvoiceBoards.WRONG));
        wrong.read(store, from);
        Set<String> keys = new TreeSet<>();
        found.stream()
                .filter(row -> row.kind() == DifferingRow.Kind.DIFFERENT
                        && row.fields().equals(FAULT))
                .map(DifferingRow::keyText)
                .forEach(keys::add);
        Judgement judgement = wrong.judge(from, to, keys);
        long falseOnes = found.size() - keys.size() + judgement.wrong().size();
        faulty = faulty.plus(result, falseOnes, judgement.missed().size(), found.size());
        if (falseOnes > 0 || !judgement.missed().isEmpty()) {
            report.require(
                    false,
                    "between %d and %d exactly %s had to be found, but %s were missed and %s of %s are false: %s",
                    from,
                    to,
                    judgement.expected(),
                    judgement.missed(),
                    judgement.wrong(),
                    found,
                    result);
        }
        return result;
    }

    /** With nobody writing nothing is in flight, so everything must be compared. */
    private void settle() {
        node.awaitCaughtUp(InvoiceBoards.OLD, InvoiceBoards.NEW, InvoiceBoards.WRONG);
        long rows = store.number(
                """
                select count(*) filter (where payload_type = 'invoice.issued')
                    - count(*) filter (where payload_type = 'invoice.withdrawn')
                from public.domain_event_entry where type = 'Invoice'""");
        ParityReport last = compareRight();
        report.require(
                last.verdict() == Verdict.EQUAL && last.rowsCompared() == rows,
                "in the end %,d rows are compared and equal, of %,d invoices that the events leave",
                last.rowsCompared(),
                rows);
        ParityReport wrongLast = compareFaulty();
        report.require(
                wrongLast.rowsCompared() == rows
                        && wrongLast.different() == expected().size(),
                "in the end %d rows differ from %s, of %d keys that the events make wrong",
                wrongLast.different(),
                InvoiceBoards.WRONG,
                expected().size());
    }

    /** Keys that the events make wrong up to their end. */
    private Set<String> expected() {
        return wrong.judge(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, Set.of()).expected();
    }

    private void print() {
        Map<String, WrongKeys.History> histories = wrong.histories();
        report.line("%s against %s: %s", InvoiceBoards.OLD, InvoiceBoards.NEW, right.summary());
        report.line("%s against %s: %s", InvoiceBoards.OLD, InvoiceBoards.WRONG, faulty.summary());
        report.line(
                "%d keys show the fault, by their hash one in %,d of the invoices, and some that the writers chose for it; %d of them were amended, %d withdrawn, %d are wrong in the end: %s",
                histories.size(),
                Faulty.ONE_IN,
                histories.values().stream()
                        .filter(each -> each.amended() < Long.MAX_VALUE)
                        .count(),
                histories.values().stream()
                        .filter(each -> each.withdrawn() < Long.MAX_VALUE)
                        .count(),
                expected().size(),
                expected());
        report.require(
                right.comparisons() > 1 && right.falseDifferences() == 0,
                "%,d false differences in %,d comparisons of right versions",
                right.falseDifferences(),
                right.comparisons());
        report.require(
                faulty.comparisons() > 1
                        && faulty.falseDifferences() == 0
                        && faulty.missedDifferences() == 0
                        && faulty.trueDifferences() > 0,
                "%,d false, %,d missed and %,d right differences in %,d comparisons with the fault",
                faulty.falseDifferences(),
                faulty.missedDifferences(),
                faulty.trueDifferences(),
                faulty.comparisons());
        report.require(right.parked() + faulty.parked() == 0, "no event waits as a dead letter");
    }

    private void explain() {
        Explainer explainer = new Explainer(node);
        Map<String, WrongKeys.History> histories = wrong.histories();
        for (String key : expected()) {
            VersionId left = InvoiceBoards.OLD;
            long parts = explainer.partsAt(left, InvoiceBoards.WRONG, key).orElse(0);
            WrongKeys.History history = histories.get(key);
            report.require(
                    history != null && parts == history.amended(),
                    "%s parts at %d, its first amendment is at %d",
                    key,
                    parts,
                    history == null ? 0 : history.amended());
        }
    }
}
