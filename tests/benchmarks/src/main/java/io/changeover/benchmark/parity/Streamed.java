package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;

/** The same rows where nobody has declared the canonical form in SQL, so that it cannot be done in the database. */
final class Streamed {

    private static final String ENGINE = "this engine, canonical form in Java only";
    private static final String HAND = "by hand, two ordered cursors";

    private final Bench bench;
    private final Report report;

    Streamed(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long rows = bench.options().rows();
        report.section("%s against %s, both clean, %,d rows each"
                .formatted(InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST, rows));
        Database store = bench.stores().of(rows);
        Contest contest = new Contest();
        try (InvoiceNode node = bench.node(store)) {
            node.live(InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST);
            bench.server().settle();
            contest.with(ENGINE, () -> Compared.of(node, InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST)
                            .requireEqual(rows, report)
                            .seconds())
                    .with(
                            HAND,
                            () -> Contest.seconds(
                                    () -> HandWritten.compare(store, InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST)))
                    .run(bench.options().rounds(), report);
            Compared last = Compared.of(node, InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST);
            report.line("%s: %s", ENGINE, last.requireEqual(rows, report).summary());
        }
        report.line("speed to that of the program by hand: %.3f", contest.median(HAND) / contest.median(ENGINE));
    }
}
