package io.changeover.benchmark.serving.call;

import io.changeover.benchmark.bench.Report;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CallBenchmark} and prints what a routed call costs more than a direct one. */
public final class CallStage {

    private static final int WARM_UP = 4;
    private static final int ITERATIONS = 6;
    private static final long ITERATION_MILLIS = 500;
    private static final double GOAL_NANOS = 250;

    private final Report report;
    private final int forks;

    /** @param forks processes in which each case is measured, 1 or more */
    public CallStage(Report report, int forks) {
        this.report = report;
        this.forks = forks;
    }

    /** What one case took: nanoseconds and bytes of a call, by iteration. */
    private record Cost(List<Double> nanos, List<Double> bytes) {

        static Cost of(RunResult result) {
            return new Cost(
                    iterations(result).map(Cost::nanos).toList(),
                    iterations(result).map(Cost::bytes).toList());
        }

        private static Stream<IterationResult> iterations(RunResult result) {
            return result.getBenchmarkResults().stream().flatMap(each -> each.getIterationResults().stream());
        }

        private static double nanos(IterationResult iteration) {
            return iteration.getPrimaryResult().getScore();
        }

        private static double bytes(IterationResult iteration) {
            return iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        }
    }

    /** Takes some seconds for each case and fork. */
    public void run() {
        report.section("What a routed call costs");
        report.line(
                "A call looks a name up in a map of strings. Average time of a call by iteration of %d ms, %d forks; %,d calls share one context of a reader, whose own bytes are what is left of less than one.",
                ITERATION_MILLIS, forks, CallBenchmark.CALLS);
        report.line(
                "A guarded call is made on the caller's thread without a limit, and on another thread with one, because only so can the caller stop waiting.");
        Map<Scenario, Cost> costs = measure();
        costs.forEach((scenario, cost) -> report.figure(scenario.title(), "ns/call", cost.nanos()));
        costs.forEach((scenario, cost) -> report.figure(scenario.title(), "bytes/call", cost.bytes()));
        Cost direct = costs.get(Scenario.DIRECT);
        double reference = Report.median(direct.nanos());
        costs.forEach((scenario, cost) -> {
            if (scenario != Scenario.DIRECT) {
                double nanos = Report.median(cost.nanos());
                report.line("%-60s %8.1f ns more, %.2f times", scenario.title(), nanos - reference, nanos / reference);
            }
        });
        costs.forEach((scenario, cost) -> {
            if (scenario.plain()) {
                report.goal(
                        "ns more than direct: " + scenario.title(),
                        Report.median(cost.nanos()) - reference,
                        false,
                        GOAL_NANOS);
                report.goal("bytes: " + scenario.title(), Math.floor(Report.median(cost.bytes())), false, 0);
            }
        });
    }

    private Map<Scenario, Cost> measure() {
        Options options = new OptionsBuilder()
                .include(CallBenchmark.class.getName() + "\\.")
                .forks(forks)
                .warmupIterations(WARM_UP)
                .warmupTime(TimeValue.milliseconds(ITERATION_MILLIS))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return byScenario(new Runner(options).run());
        } catch (RunnerException e) {
            throw new IllegalStateException("The calls could not be measured: " + e.getMessage(), e);
        }
    }

    private static Map<Scenario, Cost> byScenario(Collection<RunResult> results) {
        Map<Scenario, Cost> costs = new EnumMap<>(Scenario.class);
        for (Scenario scenario : Scenario.values()) {
            RunResult result = results.stream()
                    .filter(each -> each.getPrimaryResult().getLabel().equals(scenario.method()))
                    .findFirst()
                    .orElseThrow();
            costs.put(scenario, Cost.of(result));
        }
        return costs;
    }
}
