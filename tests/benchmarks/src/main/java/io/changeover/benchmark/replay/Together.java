package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.contender.EngineNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two versions at once against one after the other. */
final class Together {

    private static final Subject ONE = Subject.ORDER_BOARD;
    private static final Subject OTHER = Subject.CUSTOMER_ACCOUNT;

    private final Bench bench;

    Together(Bench bench) {
        this.bench = bench;
    }

    void run() {
        long events = bench.options().events();
        Report report = bench.report();
        report.section("%s and %s from %,d events".formatted(ONE.version(), OTHER.version(), events));
        EngineRuns runs = new EngineRuns(bench);
        runs.warmUp(events, ONE, OTHER);
        List<Double> apart = new ArrayList<>();
        List<Double> together = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            apart.add(runs.on(events, node -> EngineRuns.seconds(node, ONE) + EngineRuns.seconds(node, OTHER)));
            runs.prove(events, ONE, OTHER);
            together.add(runs.on(events, Together::atOnce));
            runs.prove(events, ONE, OTHER);
        }
        report.figure("one after the other", "s", apart);
        report.figure("together", "s", together);
        report.line(
                "together takes %.3f of the time of one after the other",
                Report.median(together) / Report.median(apart));
    }

    private static double atOnce(EngineNode node) {
        long started = System.nanoTime();
        CompletableFuture.allOf(node.begin(ONE.version()), node.begin(OTHER.version()))
                .join();
        return (System.nanoTime() - started) / 1e9;
    }
}
