package io.changeover.cli;

import io.changeover.terminal.Progress;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Puts comparisons into words and tables. */
final class ShowComparison {

    private ShowComparison() {}

    /** What a comparison that is done found, and how it did. */
    static String report(JsonNode status) {
        JsonNode report = status.path("report");
        StringBuilder text = new StringBuilder();
        if (status.path("note").isString()) {
            text.append("%s%n%n".formatted(status.path("note").asString()));
        }
        text.append("%s%n%n".formatted(Show.parity(report)));
        text.append("comparison  %s%n".formatted(status.path("id").asString()));
        text.append("plan        %s%n".formatted(report.path("plan").asString()));
        String margin = "rules       ";
        for (JsonNode rule : report.path("rules")) {
            text.append("%s%s%n".formatted(margin, rule.asString()));
            margin = " ".repeat(margin.length());
        }
        text.append("ranges      %s, no snapshot longer than %s"
                .formatted(
                        Show.count(report.path("ranges")),
                        Progress.duration(
                                Duration.parse(report.path("longestSnapshot").asString()))));
        return text.toString();
    }

    /** Where a comparison stands that is not done. */
    static String status(JsonNode status) {
        StringBuilder text = new StringBuilder();
        text.append("comparison %s of %s and %s: %s"
                .formatted(
                        status.path("id").asString(),
                        status.path("left").asString(),
                        status.path("right").asString(),
                        status.path("state").asString()));
        text.append("%n%s".formatted(progress(status)));
        for (String field : new String[] {"note", "failure"}) {
            if (status.path(field).isString()) {
                text.append("%n%s".formatted(status.path(field).asString()));
            }
        }
        return text.toString();
    }

    /** How far it is, in one line. */
    static String progress(JsonNode status) {
        double seconds = Duration.parse(status.path("worked").asString("PT0S")).toMillis() / 1000.0;
        long rows = status.path("rowsCompared").asLong();
        String eta = status.path("eta").asString("");
        long differing = status.path("differing").asLong();
        return Progress.line(
                        status.path("fraction").asDouble(),
                        rows,
                        "rows",
                        seconds > 0 ? rows / seconds : 0,
                        eta.isEmpty() ? Duration.ofSeconds(-1) : Duration.parse(eta))
                + (differing == 0 ? "" : "  %,d differ".formatted(differing));
    }

    static String list(JsonNode comparisons) {
        if (comparisons.isEmpty()) {
            return "No comparison is kept.";
        }
        Table table = new Table("COMPARISON", "LEFT", "RIGHT", "STATE", "VERDICT", "DIFFERING", "STARTED AT", "BY");
        StringBuilder notes = new StringBuilder();
        for (JsonNode each : comparisons) {
            table.row(
                    each.path("id").asString(),
                    each.path("left").asString(),
                    each.path("right").asString(),
                    each.path("state").asString(),
                    Show.orDash(each.path("verdict")),
                    Show.count(each.path("differing")),
                    each.path("startedAt").asString(),
                    each.path("actor").asString());
            for (String field : new String[] {"note", "failure"}) {
                if (each.path(field).isString()) {
                    notes.append("%n%n%s: %s"
                            .formatted(
                                    each.path("id").asString(), each.path(field).asString()));
                }
            }
        }
        return table + notes.toString();
    }
}
