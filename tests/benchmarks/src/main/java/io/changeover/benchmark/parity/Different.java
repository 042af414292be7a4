package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityReport.Verdict;
import java.util.Set;
import java.util.stream.Collectors;

/** One row in a hundred differs, against the same tables when they are clean. */
final class Different {

    private static final String COPY = "parity_different";
    private static final String CLEAN = "clean";
    private static final String DIFFERENT = "1 % different";
    private static final double GOAL = 1.5;

    private final Bench bench;
    private final Report report;

    Different(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long rows = bench.options().rows();
        report.section("One row in a hundred different, spread evenly, of %,d".formatted(rows));
        Database store = bench.stores().copy(rows, COPY);
        Contest contest = new Contest();
        try (InvoiceNode node = bench.node(store)) {
            node.live(InvoiceBoards.OLD, InvoiceBoards.NEW);
            contest.with(CLEAN, () -> {
                        bench.server().settle();
                        return Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW)
                                .requireEqual(rows, report)
                                .seconds();
                    })
                    .with(DIFFERENT, () -> different(node, store, rows))
                    .run(bench.options().rounds(), report);
        }
        bench.server().drop(COPY);
        report.goal("time with 1 % different to clean", contest.median(DIFFERENT) / contest.median(CLEAN), false, GOAL);
    }

    private double different(InvoiceNode node, Database store, long rows) {
        Compared compared;
        try (Planted planted = OnePercent.into(store)) {
            bench.server().settle();
            compared = Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW);
            Set<String> found = compared.found().stream()
                    .filter(row -> row.kind() == DifferingRow.Kind.DIFFERENT)
                    .map(DifferingRow::keyText)
                    .collect(Collectors.toSet());
            Set<String> keys = planted.keys();
            report.require(
                    found.equals(keys)
                            && compared.found().size() == keys.size()
                            && compared.report().different() == keys.size()
                            && compared.report().missing() + compared.report().extra() == 0
                            && compared.report().rowsCompared() == rows
                            && compared.report().verdict() == Verdict.DIFFERENT,
                    "%,d rows planted, %,d found, %,d of them planted; %s in %s",
                    keys.size(),
                    compared.found().size(),
                    found.stream().filter(keys::contains).count(),
                    compared.report().verdict(),
                    compared.report().differencesByField());
        }
        OnePercent.tidy(store);
        return compared.seconds();
    }
}
