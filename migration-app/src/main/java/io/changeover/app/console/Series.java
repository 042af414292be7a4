package io.changeover.app.console;

import io.changeover.app.console.SeriesAnswer.Chart;
import io.changeover.app.console.SeriesAnswer.Line;
import io.changeover.app.console.SeriesPoint.Latency;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.Operations;
import io.changeover.operation.ShadowOperations;
import io.changeover.operation.VersionStatus;
import io.changeover.operation.ViewStatus;
import io.changeover.shadow.ShadowLatency;
import io.changeover.shadow.ShadowReport;
import io.changeover.view.VersionId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What this node saw of its open changeovers in the last hour, in memory. The series of a changeover that is over stays
 * until the view's next one begins. Safe for use by several threads.
 */
final class Series {

    /** Time between two looks. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final int REMEMBERED = (int) (Duration.ofHours(1).toSeconds() / EVERY.toSeconds());

    private static final double MICROS_OF_MILLI = 1e3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private record Seen(String changeover, VersionId from, VersionId to, Deque<SeriesPoint> points) {}

    private final Operations operations;
    private final @Nullable ShadowOperations shadow;
    private final String node;
    private final Clock clock;
    private final Map<String, Seen> views = new HashMap<>();

    Series(Operations operations, @Nullable ShadowOperations shadow, String node, Clock clock) {
        this.operations = operations;
        this.shadow = shadow;
        this.node = node;
        this.clock = clock;
    }

    /** Looks at all open changeovers. */
    void look() {
        for (ViewStatus view : operations.views()) {
            ChangeoverStatus open = view.changeover();
            if (open != null) {
                add(view, open);
            }
        }
    }

    private void add(ViewStatus view, ChangeoverStatus open) {
        VersionId from = new VersionId(view.view(), open.from());
        VersionId to = new VersionId(view.view(), open.to());
        VersionStatus older = version(view, from);
        VersionStatus newer = version(view, to);
        if (older == null || newer == null) {
            return; // this release does not declare it any more
        }
        ShadowReport report = shadow == null ? null : shadow.report(view.view());
        SeriesPoint point = new SeriesPoint(
                clock.instant(),
                older.position() + older.lag(),
                newer.position(),
                older.lag(),
                newer.lag(),
                report == null ? null : latency(report.latency(), open),
                report == null ? null : report.differenceRate());
        synchronized (views) {
            Seen seen = views.get(view.view());
            if (seen == null || !seen.changeover().equals(open.id())) {
                seen = new Seen(open.id(), from, to, new ArrayDeque<>());
                views.put(view.view(), seen);
            }
            seen.points().addLast(point);
            if (seen.points().size() > REMEMBERED) {
                seen.points().removeFirst();
            }
        }
    }

    private static @Nullable VersionStatus version(ViewStatus view, VersionId id) {
        return view.versions().stream()
                .filter(version -> version.version().equals(id.toString()))
                .findFirst()
                .orElse(null);
    }

    private static Latency latency(List<ShadowLatency> methods, ChangeoverStatus open) {
        return new Latency(
                slowest(methods, open.from(), ShadowLatency::p50Micros),
                slowest(methods, open.from(), ShadowLatency::p99Micros),
                slowest(methods, open.to(), ShadowLatency::p50Micros),
                slowest(methods, open.to(), ShadowLatency::p99Micros));
    }

    /** Quantiles of several methods cannot be joined, so the slowest method stands for the version. */
    private static @Nullable Double slowest(
            List<ShadowLatency> methods, int version, ToLongFunction<ShadowLatency> quantile) {
        return methods.stream()
                .filter(method -> method.version() == version && method.calls() > 0)
                .map(method -> quantile.applyAsLong(method) / MICROS_OF_MILLI)
                .max(Double::compare)
                .orElse(null);
    }

    /** What was seen of the view's last changeover; empty charts where nothing was. */
    SeriesAnswer of(String view) {
        Seen seen;
        List<SeriesPoint> points;
        synchronized (views) {
            seen = views.get(view);
            points = seen == null ? List.of() : List.copyOf(seen.points());
        }
        String older = seen == null ? "old version" : seen.from().toString();
        String newer = seen == null ? "new version" : seen.to().toString();
        return new SeriesAnswer(
                node,
                points.isEmpty() ? null : points.get(0).at(),
                EVERY.toSeconds(),
                points.stream().map(point -> TIME.format(point.at())).toList(),
                List.of(
                        new Chart(
                                "throughput",
                                "Events a second",
                                List.of(
                                        new Line("appended", "dashed", 0, rates(points, SeriesPoint::head)),
                                        new Line(
                                                "applied to " + newer,
                                                "solid",
                                                1,
                                                rates(points, SeriesPoint::applied)))),
                        new Chart(
                                "lag",
                                "Positions behind the head of the store",
                                List.of(
                                        line(older, "dashed", 0, points, point -> (double) point.oldLag()),
                                        line(newer, "solid", 1, points, point -> (double) point.newLag()))),
                        new Chart(
                                "latency",
                                "Latency of sampled reads in milliseconds, of the slowest method",
                                List.of(
                                        latencyLine(older + " p50", "dashed", 0, points, Latency::oldP50),
                                        latencyLine(older + " p99", "dotted", 0, points, Latency::oldP99),
                                        latencyLine(newer + " p50", "solid", 1, points, Latency::newP50),
                                        latencyLine(newer + " p99", "dotted", 1, points, Latency::newP99))),
                        new Chart(
                                "differences",
                                "Shadow reads that differ, in percent",
                                List.of(line(
                                        "different",
                                        "solid",
                                        1,
                                        points,
                                        point -> point.differences() == null ? null : 100 * point.differences())))));
    }

    private static Line latencyLine(
            String label, String style, int tone, List<SeriesPoint> points, Function<Latency, @Nullable Double> value) {
        return line(label, style, tone, points, point -> point.latency() == null ? null : value.apply(point.latency()));
    }

    private static Line line(
            String label,
            String style,
            int tone,
            List<SeriesPoint> points,
            Function<SeriesPoint, @Nullable Double> value) {
        List<@Nullable Double> values = new ArrayList<>();
        points.forEach(point -> values.add(value.apply(point)));
        return new Line(label, style, tone, values);
    }

    /** The first look has nothing before it, so it has no rate. */
    private static List<@Nullable Double> rates(List<SeriesPoint> points, ToLongFunction<SeriesPoint> position) {
        List<@Nullable Double> rates = new ArrayList<>();
        SeriesPoint before = null;
        for (SeriesPoint point : points) {
            if (before == null) {
                rates.add(null);
            } else {
                long millis = Duration.between(before.at(), point.at()).toMillis();
                long done = position.applyAsLong(point) - position.applyAsLong(before);
                rates.add(millis <= 0 ? null : Math.max(0, done * 1_000.0 / millis));
            }
            before = point;
        }
        return rates;
    }
}
