package io.changeover.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts what shadow reads have found into words and tables. */
final class ShowShadow {

    private static final int MAX_SIDE = 160;

    private ShowShadow() {}

    static String report(JsonNode report) {
        if (!report.path("changeover").isString()) {
            return "View '%s' has had no changeover, so there was no other version to ask."
                    .formatted(report.path("view").asString());
        }
        StringBuilder text = new StringBuilder("%s and %s: %s%n"
                .formatted(
                        report.path("older").asString(),
                        report.path("newer").asString(),
                        Words.count(report.path("samples").asLong(), "call") + " asked of both"));
        text.append(new Table(
                        "SAME", "DIFFERENT", "NOISE", "IN FLIGHT", "DROPPED", "NOT COMPARABLE", "DIFFER", "NOISE FLOOR")
                .row(
                        count(report.path("same")),
                        count(report.path("different")),
                        count(report.path("noise")),
                        count(report.path("inFlight")),
                        counts(report.path("dropped")),
                        count(report.path("notComparable")),
                        rate(report.path("differenceRate")),
                        rate(report.path("noiseRate"))));
        if (!report.path("kinds").isEmpty()) {
            text.append("%n%ndifferences  %s".formatted(counts(report.path("kinds"))));
        }
        if (!report.path("latency").isEmpty()) {
            Table table = new Table("METHOD", "VERSION", "CALLS", "P50 MS", "P95 MS", "P99 MS");
            report.path("latency")
                    .valueStream()
                    .forEach(each -> table.row(
                            each.path("method").asString(),
                            each.path("version").asInt(),
                            count(each.path("calls")),
                            millis(each.path("p50Micros")),
                            millis(each.path("p95Micros")),
                            millis(each.path("p99Micros"))));
            text.append("%n%n%s".formatted(table));
        }
        report.path("differences").valueStream().forEach(each -> text.append("%n%n%s".formatted(difference(each))));
        return text.toString();
    }

    private static String difference(JsonNode difference) {
        return "%s %s%s: %s%s%n  old %s%n  new %s"
                .formatted(
                        difference.path("at").asString(),
                        difference.path("method").asString().replaceFirst("\\(.*", ""),
                        difference
                                .path("arguments")
                                .valueStream()
                                .map(ShowShadow::value)
                                .collect(Collectors.joining(", ", "(", ")")),
                        difference
                                .path("kinds")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.joining(", ")),
                        difference.path("failure").isString()
                                ? ", version %d threw %s"
                                        .formatted(
                                                difference.path("shadow").asInt(),
                                                difference.path("failure").asString())
                                : "",
                        side(difference, "older", "oldPosition"),
                        side(difference, "newer", "newPosition"));
    }

    private static String side(JsonNode difference, String side, String position) {
        JsonNode answer = difference.path(side);
        String where = difference.path(position).isNumber()
                ? " at position %d".formatted(difference.path(position).asLong())
                : "";
        if (!answer.isObject()) {
            return "no answer" + where;
        }
        String items =
                answer.path("differing").valueStream().map(ShowShadow::value).collect(Collectors.joining(", "));
        String shown = items.isEmpty() ? "" : ": " + items;
        String text = Words.count(answer.path("items").asLong(), "item") + where + shown;
        return text.length() <= MAX_SIDE ? text : text.substring(0, MAX_SIDE - 3) + "...";
    }

    private static String value(JsonNode value) {
        if (value.isObject()) {
            return value.propertyStream()
                    .map(field -> "%s=%s".formatted(field.getKey(), value(field.getValue())))
                    .collect(Collectors.joining(" "));
        }
        return value.isString() ? "'" + value.asString() + "'" : value.toString();
    }

    private static String counts(JsonNode counts) {
        return counts.isEmpty()
                ? "0"
                : counts.propertyStream()
                        .map(each -> "%s %s".formatted(each.getKey(), count(each.getValue())))
                        .collect(Collectors.joining(", "));
    }

    private static String rate(JsonNode rate) {
        return rate.isNumber() ? String.format(Locale.ROOT, "%.2f %%", 100 * rate.asDouble()) : "-";
    }

    private static String millis(JsonNode micros) {
        return String.format(Locale.ROOT, "%,.2f", micros.asLong() / 1e3);
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
