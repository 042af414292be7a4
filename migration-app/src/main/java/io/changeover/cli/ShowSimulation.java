package io.changeover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Simulations and impacts in words. */
final class ShowSimulation {

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private ShowSimulation() {}

    static String simulation(JsonNode it) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %,d events up to position %d, of which %,d were tried"
                .formatted(
                        it.path("version").asString(""),
                        it.path("events").asLong(0),
                        it.path("horizon").asLong(0),
                        it.path("sampled").asLong(0)));
        it.path("byName")
                .propertyStream()
                .forEach(name -> lines.add(
                        "  %s %,d".formatted(name.getKey(), name.getValue().asLong(0))));
        if (it.path("waiting").asLong(0) > 0) {
            lines.add("  %,d of those tried need what came before them, and were only parsed"
                    .formatted(it.path("waiting").asLong(0)));
        }
        JsonNode seconds = it.path("seconds");
        lines.add("time     %s, from %s to %s"
                .formatted(
                        time(seconds.path("expected").asDouble(0)),
                        time(seconds.path("low").asDouble(0)),
                        time(seconds.path("high").asDouble(0))));
        lines.add("         by itself: "
                + it.path("secondsByStage")
                        .propertyStream()
                        .map(stage -> "%s %s"
                                .formatted(stage.getKey(), time(stage.getValue().asDouble(0))))
                        .collect(Collectors.joining(", ")));
        lines.add("         " + past(it.path("past")));
        lines.add("rows     %s, by %s"
                .formatted(count(it.path("rows")), it.path("rowsBy").asString("")));
        lines.add("disk     %s table, %s indexes; %s write-ahead log on the way"
                .formatted(size(it.path("tableBytes")), size(it.path("indexBytes")), size(it.path("walBytes"))));
        double budget = it.path("memoryBudget").asDouble(0);
        lines.add("memory   %s for all rows, of %s that they may take%s"
                .formatted(
                        size(it.path("memoryBytes")),
                        bytes(budget),
                        it.path("memoryBytes").path("expected").asDouble(0) > budget
                                ? "; what does not fit is written and read back, which takes longer"
                                : ""));
        lines.add("load     %.0f %% of the cores, %d connections"
                .formatted(
                        it.path("cores").asDouble(0) * 100,
                        it.path("connections").asInt(0)));
        lines.add(
                it.path("heldBack").isEmpty()
                        ? "throttle nothing holds it back now"
                        : "throttle would hold it back now: "
                                + it.path("heldBack")
                                        .valueStream()
                                        .map(reason -> reason.asString(""))
                                        .collect(Collectors.joining("; ")));
        return String.join(System.lineSeparator(), lines);
    }

    private static String past(JsonNode past) {
        long estimates = past.path("estimates").asLong(0);
        return estimates == 0
                ? "no earlier estimate was followed by a backfill, so nothing corrects this one"
                : "the last %d estimates were off by %s to %s; this one is corrected by %.2f"
                        .formatted(
                                estimates,
                                percent(past.path("lowest").asDouble(0)),
                                percent(past.path("highest").asDouble(0)),
                                past.path("correction").asDouble(1));
    }

    static String impact(JsonNode it) {
        String version = it.path("version").asString("");
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (it.path("kind").asString("")) {
                    case "NOTHING" -> "%s: nothing; its rows are those that these folds make".formatted(version);
                    case "DEFAULT_VALUE" ->
                        "%s: default value; its folds make the same, only its columns have changed".formatted(version);
                    case "SOME_KEYS" ->
                        "%s: some keys; the rows of %,d of %,d homes may be others"
                                .formatted(
                                        version,
                                        it.path("homes").asLong(0),
                                        it.path("allHomes").asLong(0));
                    case "FULL_REBUILD" ->
                        "%s: full rebuild; any row of its %,d homes may be another"
                                .formatted(version, it.path("allHomes").asLong(0));
                    case "NOT_BUILT" -> "%s: full rebuild; there are no rows yet".formatted(version);
                    default -> "%s: full rebuild; it is not known what has changed".formatted(version);
                });
        it.path("reasons").valueStream().forEach(reason -> lines.add("  because " + reason.asString("")));
        it.path("ways")
                .valueStream()
                .forEach(way -> lines.add("  %s  (%s)"
                        .formatted(
                                way.path("command").asString(""),
                                way.path("seconds").isNumber()
                                        ? "about " + time(way.path("seconds").asDouble(0))
                                        : "'changeover simulate %s' tells how long".formatted(version))));
        return String.join(System.lineSeparator(), lines);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%+.0f %%", share * 100);
    }

    private static String time(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        }
        return whole < 7200 ? "%d min".formatted(Math.round(whole / 60.0)) : "%.1f h".formatted(whole / 3600.0);
    }

    private static String count(JsonNode span) {
        return range(
                "%,d".formatted(Math.round(span.path("expected").asDouble(0))),
                "%,d".formatted(Math.round(span.path("low").asDouble(0))),
                "%,d".formatted(Math.round(span.path("high").asDouble(0))));
    }

    private static String size(JsonNode span) {
        return range(
                bytes(span.path("expected").asDouble(0)),
                bytes(span.path("low").asDouble(0)),
                bytes(span.path("high").asDouble(0)));
    }

    private static String range(String expected, String low, String high) {
        return low.equals(high) ? expected : "%s (%s to %s)".formatted(expected, low, high);
    }

    private static String bytes(double size) {
        int unit = 0;
        double left = size;
        while (left >= 1024 && unit < UNITS.size() - 1) {
            left /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, left < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", left, UNITS.get(unit));
    }
}
