package io.changeover.cli;

import io.changeover.terminal.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts self-checks and repairs into words and tables. */
final class ShowRows {

    private static final int MAX_ROWS = 400;

    private ShowRows() {}

    static String selfCheck(JsonNode report) {
        StringBuilder text = new StringBuilder("%s: %s. %s%n%s"
                .formatted(
                        report.path("version").asString(),
                        report.path("verdict").asString().replace('-', ' '),
                        report.path("reason").asString(),
                        new Table("HOMES", "PARKED", "EVENTS", "SAME", "CHANGED", "MISSING", "SUPERFLUOUS", "TOOK")
                                .row(
                                        count(report.path("homes")),
                                        count(report.path("parked")),
                                        count(report.path("events")),
                                        count(report.path("same")),
                                        count(report.path("changed")),
                                        count(report.path("missing")),
                                        count(report.path("superfluous")),
                                        duration(report))));
        for (JsonNode sample : report.path("samples")) {
            text.append("%n%n%s  %s%s%n  stored  %s%n  folded  %s"
                    .formatted(
                            sample.path("key").asString(),
                            sample.path("kind").asString(),
                            sample.path("fields").isEmpty() ? "" : ": " + joined(sample.path("fields")),
                            row(sample.path("stored")),
                            row(sample.path("folded"))));
        }
        JsonNode sql = report.path("sql");
        if (sql.isObject()) {
            text.append("%n%ncanonical form in SQL and in Java: %s compared, %s disagree"
                    .formatted(Words.count(sql.path("rows").asLong(), "row"), count(sql.path("disagreeing"))));
            for (JsonNode sample : sql.path("samples")) {
                text.append("%n%n%s  %s%n  java  %s%n  sql   %s"
                        .formatted(
                                sample.path("key").asString(),
                                sample.path("failure").isString()
                                        ? sample.path("failure").asString()
                                        : joined(sample.path("fields")),
                                row(sample.path("java")),
                                row(sample.path("sql"))));
            }
        }
        if (report.path("note").isString()) {
            text.append("%n%n%s".formatted(report.path("note").asString()));
        }
        if (report.path("seed").isNumber()) {
            text.append("%n%nthe same homes again: --seed %d"
                    .formatted(report.path("seed").asLong()));
        }
        return text.toString();
    }

    static String repair(JsonNode report) {
        boolean dry = report.path("dryRun").asBoolean();
        StringBuilder text = new StringBuilder("%s, %s%s%n%s"
                .formatted(
                        report.path("version").asString(),
                        report.path("target").asString(),
                        dry ? ": what would change" : "",
                        new Table("HOMES", "REPAIRED", "SAME", "FOLDS' OWN", "OTHER'S OWN", "LEFT", "TOOK")
                                .row(
                                        count(report.path("homes")),
                                        count(report.path("repaired")),
                                        count(report.path("same")),
                                        count(report.path("foldsOwn")),
                                        count(report.path("othersOwn")),
                                        String.format(
                                                Locale.ROOT,
                                                "%,d",
                                                report.path("untouched").size()),
                                        duration(report))));
        keys(text, "the folds differ, so no repair helps", report.path("foldsOwnKeys"));
        keys(text, "the other version's row is wrong", report.path("othersOwnKeys"));
        JsonNode untouched = report.path("untouched");
        if (!untouched.isEmpty()) {
            Table table = new Table("LEFT AS IT WAS", "BECAUSE");
            untouched
                    .properties()
                    .forEach(home -> table.row(home.getKey(), home.getValue().asString()));
            text.append("%n%n%s".formatted(table));
        }
        for (JsonNode sample : report.path("samples")) {
            text.append("%n%n%s%n  before  %s%n  after   %s"
                    .formatted(
                            sample.path("home").asString(), rows(sample.path("before")), rows(sample.path("after"))));
        }
        for (String name : new String[] {"note", "stopped"}) {
            if (report.path(name).isString()) {
                text.append("%n%n%s%s"
                        .formatted(
                                name.equals("stopped") ? "stopped: " : "",
                                report.path(name).asString()));
            }
        }
        if (report.path("repair").isString()) {
            text.append("%n%nin the audit trail as %s"
                    .formatted(report.path("repair").asString()));
        }
        return text.toString();
    }

    private static void keys(StringBuilder text, String what, JsonNode keys) {
        if (!keys.isEmpty()) {
            text.append("%n%n%s: %s".formatted(what, joined(keys)));
        }
    }

    static String repairs(JsonNode repairs) {
        if (repairs.isEmpty()) {
            return "Nothing was repaired.";
        }
        return repairs.valueStream()
                .map(entry -> "%s  %s home %s by %s%s%n  before  %s%n  after   %s%n  repair  %s"
                        .formatted(
                                entry.path("at").asString(),
                                entry.path("version").asString(),
                                entry.path("home").asString(),
                                entry.path("actor").asString(),
                                entry.path("reason").asString().isEmpty()
                                        ? ""
                                        : ": " + entry.path("reason").asString(),
                                rows(entry.path("before")),
                                rows(entry.path("after")),
                                entry.path("repair").asString()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String rows(JsonNode rows) {
        return rows.isEmpty()
                ? "no row"
                : shortened(rows.valueStream().map(JsonNode::toString).collect(Collectors.joining(", ")));
    }

    private static String row(JsonNode row) {
        return row.isObject() ? shortened(row.toString()) : "no row";
    }

    private static String shortened(String text) {
        return text.length() <= MAX_ROWS ? text : text.substring(0, MAX_ROWS - 3) + "...";
    }

    private static String joined(JsonNode texts) {
        return texts.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }

    private static String duration(JsonNode report) {
        return Progress.duration(Duration.parse(report.path("duration").asString()));
    }
}
