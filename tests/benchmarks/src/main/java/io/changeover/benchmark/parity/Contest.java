package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Contenders that run in turn, so that what slows the machine for a while slows them alike. */
final class Contest {

    private final Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    /** Adds one that tells how many seconds it took. */
    Contest with(String name, DoubleSupplier contender) {
        contenders.put(name, contender);
        seconds.put(name, new ArrayList<>());
        return this;
    }

    /** Runs each once without counting it, then all in turn, as often as asked. */
    void run(int rounds, Report report) {
        contenders.forEach((name, contender) -> {
            double unused = contender.getAsDouble();
            report.progress("Warmed up: %s.".formatted(name));
        });
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((name, contender) -> {
                System.gc(); // what another has left is not for this one to clear
                List<Double> own = seconds.get(name);
                own.add(contender.getAsDouble());
            });
        }
        seconds.forEach((name, runs) -> report.figure(name, "s", runs));
    }

    /** Median of a contender's seconds. */
    double median(String name) {
        return Report.median(seconds.getOrDefault(name, List.of()));
    }

    /** Seconds that the work takes. */
    static double seconds(Runnable work) {
        long started = System.nanoTime();
        work.run();
        return (System.nanoTime() - started) / 1e9;
    }
}
