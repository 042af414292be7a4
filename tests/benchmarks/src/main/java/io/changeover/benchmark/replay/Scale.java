package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import java.util.ArrayList;
import java.util.List;

/** The same version from many events and from more. */
final class Scale {

    private static final double GOAL = 11;

    private final Bench bench;

    Scale(Bench bench) {
        this.bench = bench;
    }

    void run() {
        long few = bench.options().events();
        long many = bench.options().scaleEvents();
        Report report = bench.report();
        report.section("%s from %,d and from %,d events".formatted(Subject.ORDER_BOARD.version(), few, many));
        EngineRuns runs = new EngineRuns(bench);
        runs.warmUp(few, Subject.ORDER_BOARD);
        List<Double> small = new ArrayList<>();
        List<Double> large = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            small.add(runs.seconds(few, Subject.ORDER_BOARD));
            large.add(runs.seconds(many, Subject.ORDER_BOARD));
        }
        report.figure("%,d events".formatted(few), "s", small);
        report.figure("%,d events".formatted(many), "s", large);
        report.line("%,.0f and %,.0f events a second", few / Report.median(small), many / Report.median(large));
        // The goal is for ten times the events; a run with other numbers is held to the same surcharge.
        double goal = GOAL * many / (10.0 * few);
        report.goal("time for more events to time for fewer", Report.median(large) / Report.median(small), false, goal);
    }
}
