package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityReport.Verdict;
import java.util.List;

/** One corruption at a time in a clean pair. A comparison that misses one, or says more, fails the run. */
final class Corrupted {

    private static final String COPY = "parity_corrupted";

    private final Bench bench;
    private final Report report;

    Corrupted(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long rows = bench.options().rows();
        report.section("One corruption at a time in a clean pair of %,d rows".formatted(rows));
        Database store = bench.stores().copy(rows, COPY);
        try (InvoiceNode node = bench.node(store)) {
            node.live(InvoiceBoards.OLD, InvoiceBoards.NEW);
            for (Corruption corruption : Corruption.all()) {
                check(node, store, corruption);
            }
            Compared last =
                    Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW).requireEqual(rows, report);
            report.line("all undone: %s", last.report().reason());
        }
        bench.server().drop(COPY);
    }

    private void check(InvoiceNode node, Database store, Corruption corruption) {
        try (Planted planted = Planted.into(
                store,
                InvoiceNode.table(corruption.version()),
                corruption.keys(),
                corruption.change().toArray(String[]::new))) {
            Compared compared = Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW);
            List<String> expected = corruption.kind() == null
                    ? List.of()
                    : planted.keys().stream()
                            .map(key -> corruption.kind() + " " + key + " " + corruption.fields())
                            .sorted()
                            .toList();
            List<String> found =
                    compared.found().stream().map(Corrupted::text).sorted().toList();
            report.require(
                    found.equals(expected)
                            && planted.count() > 0
                            && compared.report().verdict() == (expected.isEmpty() ? Verdict.EQUAL : Verdict.DIFFERENT),
                    "%s: %s%s",
                    corruption.name(),
                    found,
                    found.equals(expected) ? "" : " but must find " + expected + "; " + compared.summary());
        }
    }

    private static String text(DifferingRow row) {
        return row.kind() + " " + row.keyText() + " " + row.fields();
    }
}
