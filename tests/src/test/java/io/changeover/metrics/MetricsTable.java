package io.changeover.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The meters of the application, as a registry has them and as the document lists them. */
final class MetricsTable {

    static final Path DOCUMENT = Path.of("../docs/metrics.md");

    private static final String OF_NODE = "; of this node";
    private static final String OF_STORE = "; the same on every node";

    private MetricsTable() {}

    /**
     * One line.
     *
     * @param prometheus name without the suffixes that the series of a timer or histogram have
     * @param tags names of its tags
     */
    record Line(
            String name, String prometheus, String type, String unit, Set<String> tags, String scope, String meaning) {

        /** Names of its series. */
        Stream<String> series() {
            return switch (type) {
                case "histogram" ->
                    Stream.of("_bucket", "_count", "_sum", "_max").map(prometheus::concat);
                case "timer" -> Stream.of("_count", "_sum", "_max").map(prometheus::concat);
                default -> Stream.of(prometheus);
            };
        }

        private String text() {
            return "| `%s` | `%s` | %s | %s | %s | %s | %s |"
                    .formatted(
                            name,
                            prometheus,
                            type,
                            unit.isEmpty() ? "–" : unit,
                            tags.isEmpty() ? "–" : String.join(", ", tags),
                            scope,
                            meaning);
        }
    }

    /** Those of the registry, by name. */
    static List<Line> of(PrometheusMeterRegistry registry) {
        Map<String, Line> lines = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("changeover.")) {
                Line line = line(registry, meter);
                Line other = lines.putIfAbsent(id.getName(), line);
                if (other != null && !other.equals(line)) {
                    throw new AssertionError(
                            "two meters of one name tell different things: %s and %s".formatted(other, line));
                }
            }
        }
        return List.copyOf(lines.values());
    }

    private static Line line(PrometheusMeterRegistry registry, Meter meter) {
        Meter.Id id = meter.getId();
        String description = Objects.requireNonNull(id.getDescription(), id.getName());
        boolean node = description.endsWith(OF_NODE);
        if (!node && !description.endsWith(OF_STORE)) {
            throw new AssertionError(
                    "the description of %s does not say of what it tells: '%s'".formatted(id.getName(), description));
        }
        String unit = Objects.requireNonNullElse(id.getBaseUnit(), "");
        String name = registry.config().namingConvention().name(id.getName(), id.getType(), id.getBaseUnit());
        return new Line(
                id.getName(),
                id.getType() == Meter.Type.COUNTER && !name.endsWith("_total") ? name + "_total" : name,
                type(meter),
                unit,
                id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new)),
                node ? "node" : "store",
                description.substring(0, description.length() - (node ? OF_NODE : OF_STORE).length()));
    }

    private static String type(Meter meter) {
        if (meter instanceof Timer timer) {
            return timer.takeSnapshot().histogramCounts().length > 0 ? "histogram" : "timer";
        }
        return switch (meter.getId().getType()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            default -> throw new AssertionError(meter.getId());
        };
    }

    /** The document that says the lines. */
    static String document(List<Line> lines) {
        return """
                # Meters

                Made by `MetricsOfAnApplicationTest` from a running application, and held to it. Where the last column but one says *node*, a meter tells of the node that is asked: counters of nodes add up. Where it says *store*, every node tells the same: take the greatest, never the sum. Those of the store are read once every few seconds for all of them (`changeover.meters.interval`), so a scrape never waits for the database; while the database is away they show nothing.

                Prometheus reads them at `/actuator/prometheus`, in role viewer. A timer has the series `_count`, `_sum` and `_max`, a histogram has `_bucket` too. Tags are views and versions that the application declares, gates, phases, verdicts, outcomes, declared consumers, and at most 50 nodes (`changeover.meters.max-nodes`); nothing that a caller sends becomes one. How many series a view costs is measured by `SeriesOfManyViewsTest`, and why so is in [decision 38](decisions/0038-the-store-is-read-once-for-all-meters.md).

                | meter | in Prometheus | type | unit | tags | of | meaning |
                | --- | --- | --- | --- | --- | --- | --- |
                """
                + lines.stream().map(Line::text).collect(Collectors.joining("\n"))
                + "\n";
    }

    /** What the document lists. */
    static List<Line> read() {
        try {
            List<Line> lines = new ArrayList<>();
            for (String line : Files.readAllLines(DOCUMENT)) {
                if (line.startsWith("| `")) {
                    List<String> cells = Arrays.stream(line.substring(1).split("\\|"))
                            .map(cell -> cell.strip().replace("`", "").replace("–", ""))
                            .toList();
                    lines.add(new Line(
                            cells.get(0),
                            cells.get(1),
                            cells.get(2),
                            cells.get(3),
                            Arrays.stream(cells.get(4).split(", "))
                                    .filter(tag -> !tag.isEmpty())
                                    .collect(Collectors.toCollection(TreeSet::new)),
                            cells.get(5),
                            cells.get(6)));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
