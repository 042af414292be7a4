package io.changeover.cli;

import io.changeover.terminal.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts what a rebuild did into words and tables. */
final class ShowRebuild {

    private static final int MAX_ROWS = 400;

    private ShowRebuild() {}

    static String result(JsonNode result) {
        boolean dry = result.path("dryRun").asBoolean();
        StringBuilder text = new StringBuilder("%s, %s%s%n%s"
                .formatted(
                        result.path("version").asString(),
                        result.path("target").asString(),
                        dry ? ": what would change" : "",
                        new Table(
                                        "HOMES",
                                        "EVENTS",
                                        "INSERTED",
                                        "CHANGED",
                                        "DELETED",
                                        "SAME",
                                        "RELEASED",
                                        "STILL PARKED",
                                        "TOOK")
                                .row(
                                        count(result.path("homes")),
                                        count(result.path("events")),
                                        count(result.path("inserted")),
                                        count(result.path("changed")),
                                        count(result.path("deleted")),
                                        count(result.path("same")),
                                        count(result.path("released")),
                                        count(result.path("stillParked")),
                                        Progress.duration(Duration.parse(
                                                result.path("duration").asString())))));
        if (result.path("failure").isString()) {
            text.append(
                    "%n%nparked, because %s".formatted(result.path("failure").asString()));
        }
        JsonNode untouched = result.path("untouched");
        if (!untouched.isEmpty()) {
            Table table = new Table("LEFT AS IT WAS", "BECAUSE");
            untouched
                    .properties()
                    .forEach(home -> table.row(home.getKey(), home.getValue().asString()));
            text.append("%n%n%s".formatted(table));
        }
        if (result.path("note").isString()) {
            text.append("%n%n%s".formatted(result.path("note").asString()));
        }
        for (JsonNode sample : result.path("samples")) {
            text.append("%n%n%s%n  before  %s%n  after   %s"
                    .formatted(
                            sample.path("home").asString(), rows(sample.path("before")), rows(sample.path("after"))));
        }
        return text.toString();
    }

    private static String rows(JsonNode rows) {
        if (rows.isEmpty()) {
            return "no row";
        }
        String text = rows.valueStream().map(JsonNode::toString).collect(Collectors.joining(", "));
        return text.length() <= MAX_ROWS ? text : text.substring(0, MAX_ROWS - 3) + "...";
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
