package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.store.Database;

/** The most memory that a version of many rows needs, against one of a tenth of the rows, in the same heap. */
final class Memory {

    private static final int TIMES = 10;
    private static final double GOAL = 1.2;
    private static final double MIB = 1 << 20;

    private final Bench bench;
    private final Report report;

    Memory(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long many = bench.options().memoryRows();
        report.section("Memory of %s with %,d and %,d rows, heap up to %s"
                .formatted(
                        Subject.SALES_FACT.version(),
                        many / TIMES,
                        many,
                        bench.options().heap()));
        report.line("Heap is what is in use right after a full collection, of which one follows on another.");
        double small = heapMib(many / TIMES);
        double large = heapMib(many);
        report.goal("memory for ten times the rows, same budget", large / small, false, GOAL);
    }

    private double heapMib(long rows) {
        Database store = bench.stores().of(bench.stores().eventsFor(rows));
        EngineNode.reset(store);
        bench.server().settle();
        ChildRun run = ChildRun.whole(store, Subject.SALES_FACT.version(), bench.options(), true);
        double mib = run.heapBytes() / MIB;
        report.line(
                "%,d rows wanted: at most %,.1f MiB of heap in use, %,.0f MiB resident, %.1f s of work",
                rows, mib, run.residentKib() / 1024.0, run.workSeconds());
        Subject.SALES_FACT.prove(store, report);
        return mib;
    }
}
