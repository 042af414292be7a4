package io.changeover.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two changeovers side by side.
 *
 * @param left one changeover
 * @param right the other
 * @param lines their figures
 */
public record ReportComparison(ReportSummary left, ReportSummary right, List<Line> lines) {

    /** Copies the lines. */
    public ReportComparison {
        lines = List.copyOf(lines);
    }

    /**
     * A figure of both.
     *
     * @param figure what it is
     * @param left as people read it, of the one
     * @param right of the other
     */
    public record Line(String figure, String left, String right) {}

    /** Holds one report against the other. */
    public static ReportComparison of(ChangeoverReport left, ChangeoverReport right) {
        List<Line> lines = new ArrayList<>();
        add(lines, "view", left.view(), right.view());
        add(
                lines,
                "versions",
                "%d to %d".formatted(left.from(), left.to()),
                "%d to %d".formatted(right.from(), right.to()));
        add(lines, "outcome", left.outcome(), right.outcome());
        add(lines, "lasted", duration(left.lasted()), duration(right.lasted()));
        add(
                lines,
                "first reader after",
                ReportText.duration(left.reached().firstReader()),
                ReportText.duration(right.reached().firstReader()));
        add(
                lines,
                "all readers after",
                ReportText.duration(left.reached().allReaders()),
                ReportText.duration(right.reached().allReaders()));
        add(
                lines,
                "completed after",
                ReportText.duration(left.reached().completed()),
                ReportText.duration(right.reached().completed()));
        phases(lines, times(left), times(right));
        for (String kind : List.of("rollback", "step-back", "failure", "pause")) {
            add(lines, kind + "s", count(left.incidents(kind)), count(right.incidents(kind)));
        }
        add(
                lines,
                "comparisons recorded",
                count(left.parity().size()),
                count(right.parity().size()));
        add(lines, "differences found", count(left.differencesFound()), count(right.differencesFound()));
        add(lines, "homes repaired", count(left.homesRepaired()), count(right.homesRepaired()));
        add(
                lines,
                "calls of the new version",
                count(left.budget().calls()),
                count(right.budget().calls()));
        add(
                lines,
                "error budget spent",
                count(left.budget().spent()),
                count(right.budget().spent()));
        add(lines, "shadow reads", ReportText.counts(left.shadow()), ReportText.counts(right.shadow()));
        return new ReportComparison(left.summary(), right.summary(), lines);
    }

    /** The same as a document. */
    public ReportDocument document() {
        return new ReportDocument("Two changeovers side by side")
                .table(
                        lines.stream()
                                .map(line -> List.of(line.figure(), line.left(), line.right()))
                                .toList(),
                        "",
                        "Figure",
                        left.id(),
                        right.id());
    }

    private static void phases(List<Line> lines, Map<String, Duration> left, Map<String, Duration> right) {
        Set<String> names = new LinkedHashSet<>(left.keySet());
        names.addAll(right.keySet());
        names.forEach(name -> add(
                lines, "time in " + name, ReportText.duration(left.get(name)), ReportText.duration(right.get(name))));
    }

    private static Map<String, Duration> times(ChangeoverReport report) {
        Map<String, Duration> times = new LinkedHashMap<>();
        report.phases().forEach(each -> times.merge(each.phase(), each.lasted(), Duration::plus));
        return times;
    }

    private static void add(List<Line> lines, String figure, String left, String right) {
        lines.add(new Line(figure, left, right));
    }

    private static String duration(Duration duration) {
        return ReportText.duration(duration);
    }

    private static String count(long number) {
        return ReportText.count(number);
    }
}
