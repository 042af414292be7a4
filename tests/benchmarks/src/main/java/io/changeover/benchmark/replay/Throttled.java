package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.contender.EngineNode.Moment;
import io.changeover.benchmark.replay.parity.ExpectedView;
import io.changeover.benchmark.replay.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What writers achieve while a backfill runs throttled, against what they achieve alone. */
final class Throttled {

    private static final String COPY = "throttled";
    private static final int WRITERS = 2;
    private static final double GOAL = 0.9;
    private static final long WARM_UP_MILLIS = 5_000;
    private static final long SETTLE_MILLIS = 1_000;
    private static final int PATIENCE = 120;

    private final Bench bench;
    private final Report report;

    Throttled(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        ReplayOptions options = bench.options();
        String version = Subject.ORDER_BOARD.version();
        report.section("%d writers while %s is built from %,d events, throttled by %s"
                .formatted(
                        WRITERS,
                        version,
                        options.scaleEvents(),
                        options.throttle().isEmpty() ? "the engine's defaults" : options.throttle()));
        Database store = bench.stores().copy(options.scaleEvents(), COPY);
        EngineNode.reset(store);
        Map<String, String> properties = new TreeMap<>(options.settings());
        properties.putAll(options.throttle());
        List<Double> alone = new ArrayList<>();
        List<Double> disturbed = new ArrayList<>();
        try (EngineNode node = EngineNode.start(store, properties)) {
            node.backfill(Subject.CONTACT_CHANGES.version()); // so that there is a live version whose lag counts
            bench.server().settle();
            try (LiveWriters writers = new LiveWriters(node, WRITERS)) {
                writers.rate(WARM_UP_MILLIS);
                for (int round = 0; round < options.rounds(); round++) {
                    alone.add(writers.rate(options.windowMillis()));
                    disturbed.add(disturbed(node, writers, version));
                }
            }
            print(alone, disturbed);
            node.begin(version).join();
            prove(store, version);
        }
        bench.server().drop(COPY);
    }

    private double disturbed(EngineNode node, LiveWriters writers, String version) {
        var run = node.begin(version);
        double before = node.moment(version).map(Moment::done).orElse(0.0);
        double rate = writers.rate(bench.options().windowMillis());
        double after = node.moment(version).map(Moment::done).orElse(0.0);
        report.line(
                "the backfill went from %.1f %% to %.1f %% meanwhile%s",
                100 * before, 100 * after, run.isDone() ? " and was done: the window was too long for it" : "");
        node.pause(version);
        Pause.millis(SETTLE_MILLIS); // nothing tells when what runs has stopped
        return rate;
    }

    private void print(List<Double> alone, List<Double> disturbed) {
        report.figure("writers alone", "events/s", alone);
        report.figure("writers while a backfill runs", "events/s", disturbed);
        report.goal(
                "live append throughput while a backfill runs, to undisturbed",
                Report.median(disturbed) / Report.median(alone),
                true,
                GOAL);
    }

    /** The version is live by now and applies what the writers appended, which takes a moment. */
    private void prove(Database store, String version) {
        int left = PATIENCE;
        while (ExpectedView.ORDER_BOARD.differences(store, EngineNode.table(version), true) > 0 && left > 0) {
            left--;
            Pause.millis(SETTLE_MILLIS);
        }
        Subject.ORDER_BOARD.prove(store, report);
    }
}
