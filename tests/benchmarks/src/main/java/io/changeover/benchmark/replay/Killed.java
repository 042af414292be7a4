package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.store.Database;
import java.util.ArrayList;
import java.util.List;

/** A backfill whose process is killed at half, and resumed by another, against one that is left alone. */
final class Killed {

    private static final double HALF = 0.5;
    private static final double GOAL = 1.15;

    private final Bench bench;
    private final Report report;
    private final Database store;

    Killed(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
        this.store = bench.stores().of(bench.options().scaleEvents());
    }

    void run() {
        report.section("%s from %,d events in processes of their own: killed at half and resumed, against left alone"
                .formatted(Subject.ORDER_BOARD.version(), bench.options().scaleEvents()));
        List<Double> alone = new ArrayList<>();
        List<Double> resumed = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            alone.add(alone());
            resumed.add(resumed());
        }
        report.figure("left alone", "s of work", alone);
        report.figure("killed and resumed", "s of work", resumed);
        report.goal(
                "cost of a killed and resumed run to an undisturbed one",
                Report.median(resumed) / Report.median(alone),
                false,
                GOAL);
    }

    private double alone() {
        clear();
        ChildRun run = whole();
        report.line("left alone: %.2f s of work after %.1f s of boot", run.workSeconds(), run.bootSeconds());
        Subject.ORDER_BOARD.prove(store, report);
        return run.workSeconds();
    }

    private double resumed() {
        clear();
        ChildRun first = ChildRun.killedAt(HALF, store, Subject.ORDER_BOARD.version(), bench.options());
        report.require(first.killed(), "the process was killed after %,d events", first.position());
        ChildRun second = whole();
        report.line(
                "killed after %.2f s of work (%.1f s of boot), resumed with %.2f s of work (%.1f s of boot)",
                first.workSeconds(), first.bootSeconds(), second.workSeconds(), second.bootSeconds());
        Subject.ORDER_BOARD.prove(store, report);
        return first.workSeconds() + second.workSeconds();
    }

    private ChildRun whole() {
        return ChildRun.whole(store, Subject.ORDER_BOARD.version(), bench.options(), false);
    }

    private void clear() {
        EngineNode.reset(store);
        bench.server().settle();
    }
}
