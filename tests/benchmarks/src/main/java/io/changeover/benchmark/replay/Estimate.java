package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.contender.EngineNode.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The time left as the engine gives it at one twentieth, against what it turned out to be. */
final class Estimate {

    private static final double EARLY = 0.05;
    private static final double GOAL = 0.1;
    private static final long PAUSE_MILLIS = 5;

    private final Bench bench;
    private final Report report;

    Estimate(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        long events = bench.options().scaleEvents();
        report.section("Time left at one twentieth of %,d events".formatted(events));
        EngineRuns runs = new EngineRuns(bench);
        runs.warmUp(events, Subject.ORDER_BOARD);
        List<Double> errors = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            errors.add(runs.on(events, this::error));
            runs.prove(events, Subject.ORDER_BOARD);
        }
        report.figure("error of the estimate", "of the time", errors);
        report.goal("error of the estimate", Report.median(errors), false, GOAL);
    }

    private double error(EngineNode node) {
        String version = Subject.ORDER_BOARD.version();
        CompletableFuture<Long> run = node.begin(version);
        Duration estimated = null;
        double done = 0;
        long asked = 0;
        while (!run.isDone()) {
            Optional<Moment> moment = node.moment(version);
            if (estimated == null && moment.isPresent() && moment.get().done() >= EARLY) {
                asked = System.nanoTime();
                done = moment.get().done();
                estimated = moment.get().left();
            }
            Pause.millis(PAUSE_MILLIS);
        }
        run.join();
        if (estimated == null) {
            report.line("no estimate was given before the end");
            return 1;
        }
        double left = (System.nanoTime() - asked) / 1e9;
        double error = Math.abs(estimated.toNanos() / 1e9 - left) / left;
        report.line(
                "at %.1f %%: estimated %.2f s, it took %.2f s: %.1f %% off",
                100 * done, estimated.toNanos() / 1e9, left, 100 * error);
        return error;
    }
}
