package io.changeover.benchmark.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a run prints, and whether every result in it is right. */
public final class Report {

    private static final double WHOLE_FROM = 100;

    private final PrintStream out;
    private final PrintStream progress;
    private final List<String> wrong = new ArrayList<>();

    /**
     * @param out for figures
     * @param progress for what is being done, which is no part of the report
     */
    public Report(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public void section(String title) {
        out.printf("%n%s%n%s%n", title, "-".repeat(title.length()));
    }

    /** A line as it is. */
    public void text(String text) {
        out.println(text);
    }

    public void line(String format, Object... arguments) {
        text(String.format(format, arguments));
    }

    /** A sentence about what is being done. */
    public void progress(String text) {
        progress.println(text);
    }

    /** A figure with its runs: median, least and greatest. */
    public void figure(String name, String unit, List<Double> runs) {
        line(
                "%-44s %12s %-12s (%s to %s, %d runs)",
                name,
                number(median(runs)),
                unit,
                number(Collections.min(runs)),
                number(Collections.max(runs)),
                runs.size());
    }

    /** Rates whole, seconds and shares with what tells them apart. */
    private static String number(double value) {
        return value >= WHOLE_FROM ? String.format("%,.0f", value) : String.format("%.3f", value);
    }

    /**
     * A ratio that is a goal. Missing it is no failure: how fast a machine is says nothing about what is right.
     *
     * @param atLeast whether more is better
     */
    public void goal(String name, double ratio, boolean atLeast, double goal) {
        boolean reached = atLeast ? ratio >= goal : ratio <= goal;
        line(
                "%-60s %8.3f   goal: %s %s, %s",
                name,
                ratio,
                atLeast ? "at least" : "at most",
                goal,
                reached ? "reached" : "MISSED by %.1f %%".formatted(100 * Math.abs(ratio / goal - 1)));
    }

    /** Notes a result that is wrong; the run goes on, and fails at its end. */
    public void require(boolean right, String format, Object... arguments) {
        String sentence = String.format(format, arguments);
        line("%s: %s", right ? "right" : "WRONG", sentence);
        if (!right) {
            wrong.add(sentence);
        }
    }

    /** Prints whether every result is right, and gives the status of the process: 0, or 1 when one is wrong. */
    public int conclude() {
        section(wrong.isEmpty() ? "Every result is right" : "WRONG RESULTS");
        wrong.forEach(this::text);
        return wrong.isEmpty() ? 0 : 1;
    }

    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
