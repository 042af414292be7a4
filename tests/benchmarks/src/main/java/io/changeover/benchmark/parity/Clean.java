package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Profile;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import java.nio.file.Path;

/** Two clean versions: this engine, the bare SQL join in both forms, and the program written by hand. */
final class Clean {

    private static final String ENGINE = "this engine";
    private static final String EXISTS = "bare SQL join, select exists";
    private static final String COUNT = "bare SQL join, select count(*)";
    private static final String HAND = "by hand, two ordered cursors";
    private static final double SQL_GOAL = 2;
    private static final double HAND_GOAL = 5;

    private final Bench bench;
    private final Report report;

    Clean(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long rows = bench.options().rows();
        report.section(
                "%s against %s, both clean, %,d rows each".formatted(InvoiceBoards.OLD, InvoiceBoards.NEW, rows));
        Database store = bench.stores().of(rows);
        describe(store);
        Contest contest = new Contest();
        try (InvoiceNode node = bench.node(store)) {
            node.live(InvoiceBoards.OLD, InvoiceBoards.NEW);
            bench.server().settle();
            contest.with(ENGINE, () -> Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW)
                            .requireEqual(rows, report)
                            .seconds())
                    .with(
                            EXISTS,
                            () -> Contest.seconds(() ->
                                    requireNothing(store.texts(BareSql.EXISTS).get(0))))
                    .with(
                            COUNT,
                            () -> Contest.seconds(() ->
                                    requireNothing(store.texts(BareSql.COUNT).get(0))))
                    .with(HAND, () -> Contest.seconds(() -> byHand(store, rows)))
                    .run(bench.options().rounds(), report);
            Compared last = Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW);
            report.line("%s: %s", ENGINE, last.summary());
            report.line(
                    "rules: %s",
                    last.report().rules().isEmpty() ? "none" : last.report().rules());
            last.requireEqual(rows, report);
            profile(node);
        }
        // Both forms answer; the engine is held against the faster.
        double sql = Math.min(contest.median(EXISTS), contest.median(COUNT));
        report.goal("time to that of the faster bare SQL join", contest.median(ENGINE) / sql, false, SQL_GOAL);
        report.goal(
                "speed to that of the program by hand", contest.median(HAND) / contest.median(ENGINE), true, HAND_GOAL);
        explain(store);
    }

    private void describe(Database store) {
        report.line(
                "Built by the engine's backfill from %,d real events; tables vacuumed and analysed, both versions live at one position.",
                store.number("select count(*) from public.domain_event_entry"));
        report.line(
                "Keys are %s; the program by hand fetches %,d rows at a time.",
                bench.options().keys(), HandWritten.FETCH_SIZE);
        report.line(
                "Sizes: %s and %s with their indexes",
                size(store, InvoiceNode.table(InvoiceBoards.OLD)), size(store, InvoiceNode.table(InvoiceBoards.NEW)));
    }

    private static String size(Database store, String table) {
        return store.texts("select pg_size_pretty(pg_total_relation_size('%s'))".formatted(table))
                .get(0);
    }

    private void requireNothing(String answer) {
        if (!answer.equals("f") && !answer.equals("0")) {
            report.require(false, "the bare SQL join finds nothing in a clean pair; it says '%s'", answer);
        }
    }

    private void byHand(Database store, long rows) {
        OrderedMerge.Counts counts = HandWritten.compare(store, InvoiceBoards.OLD, InvoiceBoards.NEW);
        if (counts.differing() != 0 || counts.compared() != rows) {
            report.require(false, "the program by hand finds nothing in a clean pair; it says %s", counts);
        }
    }

    private void profile(InvoiceNode node) {
        Path file = bench.options().profile();
        if (file != null) {
            var unused = Profile.of(file, report, () -> Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW));
        }
    }

    private void explain(Database store) {
        report.line("%nExplain of the bare SQL join, select exists:");
        BareSql.explained(store, BareSql.EXISTS).forEach(report::text);
        report.line("%nExplain of the bare SQL join, select count(*):");
        BareSql.explained(store, BareSql.COUNT).forEach(report::text);
        report.line("%nWhat the server did for this engine, its longest statements of one more comparison:");
        new ServerLog(store)
                .plansOf(() -> {
                    try (InvoiceNode node = bench.node(store)) {
                        Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW)
                                .requireEqual(bench.options().rows(), report);
                    }
                })
                .forEach(report::text);
    }
}
