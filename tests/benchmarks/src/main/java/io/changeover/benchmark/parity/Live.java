package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast live processing of both versions catches up with events that wait for it, while comparisons run one after the
 * other and while none runs. Catching up shows what live processing can do; behind writers at a bounded rate it would
 * only show the rate.
 */
final class Live {

    private static final String COPY = "parity_live";
    private static final double GOAL = 0.85;

    private final Bench bench;
    private final Report report;

    Live(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long rows = bench.options().rows();
        report.section("Live processing catches up with %,d events on %,d rows, with and without comparisons"
                .formatted(bench.options().backlog(), rows));
        report.line(
                "A rate is events a second from the start of live processing until both versions have applied them all.");
        Database store = bench.stores().copy(rows, COPY);
        List<Double> alone = new ArrayList<>();
        List<Double> compared = new ArrayList<>();
        try (InvoiceNode node = bench.node(store)) {
            node.live(InvoiceBoards.OLD, InvoiceBoards.NEW);
            rate(node, store); // warm-up
            Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW).requireEqual(rows, report);
            for (int round = 0; round < bench.options().rounds(); round++) {
                alone.add(rate(node, store));
                compared.add(rateCompared(node, store));
            }
            Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW).requireEqual(rows, report);
        }
        bench.server().drop(COPY);
        report.figure("without comparisons", "events/s", alone);
        report.figure("while comparisons run one after the other", "events/s", compared);
        report.goal(
                "live throughput while comparisons run, to undisturbed",
                Report.median(compared) / Report.median(alone),
                true,
                GOAL);
    }

    private double rate(InvoiceNode node, Database store) {
        backlog(node, store);
        return catchUp(node);
    }

    private double rateCompared(InvoiceNode node, Database store) {
        backlog(node, store);
        List<ParityReport> reports = new ArrayList<>();
        double rate;
        try (Repeating comparisons = new Repeating("comparisons", 0, () -> {
            ParityReport one =
                    Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW).report();
            synchronized (reports) {
                reports.add(one);
            }
            return one.rowsCompared();
        })) {
            rate = catchUp(node);
        }
        // The one that ran when all was applied has ended since, and counts too.
        long different = reports.stream()
                .filter(one -> one.verdict() == Verdict.DIFFERENT)
                .count();
        report.require(
                different == 0,
                "%d comparisons meanwhile, %,d rows compared, %,d in flight, %,d settled; %d of them found a difference where there is none",
                reports.size(),
                reports.stream().mapToLong(ParityReport::rowsCompared).sum(),
                reports.stream().mapToLong(ParityReport::inFlight).sum(),
                reports.stream().mapToLong(ParityReport::settled).sum(),
                different);
        return rate;
    }

    private void backlog(InvoiceNode node, Database store) {
        node.stopLive(InvoiceBoards.OLD, InvoiceBoards.NEW);
        bench.stores().amend(store, bench.options().rows(), bench.options().backlog());
        // Rows that were changed before are dead weight that autovacuum would clear at a time of its own.
        store.run(
                "vacuum " + InvoiceNode.table(InvoiceBoards.OLD),
                "vacuum " + InvoiceNode.table(InvoiceBoards.NEW),
                "analyze public.domain_event_entry");
        bench.server().settle();
        System.gc();
    }

    private double catchUp(InvoiceNode node) {
        long started = System.nanoTime();
        node.startLive(InvoiceBoards.OLD, InvoiceBoards.NEW);
        node.awaitCaughtUp(InvoiceBoards.OLD, InvoiceBoards.NEW);
        return bench.options().backlog() / ((System.nanoTime() - started) / 1e9);
    }
}
