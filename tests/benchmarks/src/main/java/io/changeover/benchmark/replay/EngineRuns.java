package io.changeover.benchmark.replay;

import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.store.Database;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Runs of this engine in this process, each on a node of its own and on a store in which nothing was built. */
final class EngineRuns {

    private static final long WARM_UP = 200_000;

    private final Bench bench;

    EngineRuns(Bench bench) {
        this.bench = bench;
    }

    /** Builds the versions once, so that the code is compiled. */
    void warmUp(long events, Subject... subjects) {
        on(Math.min(WARM_UP, events), node -> {
            List.of(subjects).forEach(subject -> node.backfill(subject.version()));
            return 0;
        });
    }

    /** Seconds that the version takes, with its rows proven. */
    double seconds(long events, Subject subject) {
        double seconds = on(events, node -> seconds(node, subject));
        prove(events, subject);
        return seconds;
    }

    static double seconds(EngineNode node, Subject subject) {
        return node.backfill(subject.version()).toNanos() / 1e9;
    }

    /** Runs something on a node; what it builds stays until the next run. */
    double on(long events, ToDoubleFunction<EngineNode> work) {
        Database store = bench.stores().of(events);
        EngineNode.reset(store);
        bench.server().settle();
        System.gc(); // what an earlier run has left is not for this one to clear
        try (EngineNode node = EngineNode.start(store, bench.options().settings())) {
            return work.applyAsDouble(node);
        }
    }

    void prove(long events, Subject... subjects) {
        List.of(subjects).forEach(subject -> subject.prove(bench.stores().of(events), bench.report()));
    }
}
