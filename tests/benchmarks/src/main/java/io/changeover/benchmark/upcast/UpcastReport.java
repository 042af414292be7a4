package io.changeover.benchmark.upcast;

import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;

/** Runs {@link UpcastBenchmark} and prints its ratios. Every case is warmed up before any is measured, as in a replay. */
public final class UpcastReport {

    private static final int FORKS = 3;

    private UpcastReport() {}

    /** Takes about three minutes. */
    public static void main(String[] arguments) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(UpcastBenchmark.class.getName())
                .forks(FORKS)
                .warmupMode(WarmupMode.BULK)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(6)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        print(new Runner(options).run(), System.out);
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        Map<String, RunResult> byName = new LinkedHashMap<>();
        results.forEach(result -> byName.put(result.getPrimaryResult().getLabel(), result));
        out.printf(
                "%s, Java %s, %d cores, %d forks; a payload of %d bytes%n",
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                FORKS,
                UpcastBenchmark.payloadBytes());
        byName.forEach((name, result) -> out.printf(
                "%-12s %7.0f ns (%.0f to %.0f)  %6.0f bytes allocated%n",
                name,
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getStatistics().getMin(),
                result.getPrimaryResult().getStatistics().getMax(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
        ratio(byName, "current", "parsed", out);
        ratio(byName, "threeSteps", "parsed", out);
        ratio(byName, "current", "parsedHere", out);
        ratio(byName, "threeSteps", "parsedHere", out);
    }

    private static void ratio(Map<String, RunResult> byName, String subject, String reference, PrintStream out) {
        double ratio = byName.get(subject).getPrimaryResult().getScore()
                / byName.get(reference).getPrimaryResult().getScore();
        out.printf("%s / %s = %.2f%n", subject, reference, ratio);
    }
}
