package io.changeover.cli;

import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts the server's answers about events into words and tables. */
final class ShowEvents {

    private ShowEvents() {}

    static String list(JsonNode events) {
        Table table = new Table("EVENT", "TODAY", "STORED IN", "EVENTS", "OWNER", "COMPATIBILITY", "READ BY");
        for (JsonNode event : events) {
            table.row(
                    event.path("name").asString(),
                    event.path("current").asString("-"),
                    orDash(event.path("revisions")
                            .valueStream()
                            .filter(revision -> revision.path("events").asLong() > 0)
                            .map(ShowEvents::revision)
                            .collect(Collectors.joining(", "))),
                    number(event.path("revisions")
                            .valueStream()
                            .mapToLong(revision -> revision.path("events").asLong())
                            .sum()),
                    event.path("owner").asString("-"),
                    event.path("compatibility").asString("-"),
                    orDash(event.path("consumers")
                            .valueStream()
                            .map(reader ->
                                    "%s (%s)".formatted(reader.path("name").asString(), revision(reader)))
                            .collect(Collectors.joining(", "))));
        }
        return table.toString();
    }

    static String event(JsonNode event) {
        StringBuilder text = new StringBuilder();
        text.append("%s%n".formatted(event.path("name").asString()));
        text.append("today          %s%n"
                .formatted(
                        event.path("current").isString()
                                ? "revision " + event.path("current").asString()
                                : "no class has it"));
        text.append("domain         %s%n".formatted(event.path("domain").asString("-")));
        text.append("owner          %s%n".formatted(event.path("owner").asString("-")));
        text.append("compatibility  %s%n".formatted(event.path("compatibility").asString("-")));
        text.append("read by        %s%n%n"
                .formatted(orDash(event.path("consumers")
                        .valueStream()
                        .map(reader -> "%s at revision %s, %s"
                                .formatted(
                                        reader.path("name").asString(),
                                        revision(reader),
                                        reader.path("contact").asString()))
                        .collect(Collectors.joining("; ")))));
        Table table = new Table("REVISION", "EVENTS", "SAMPLES", "SCHEMA", "UP TO", "DOWN TO", "SENSITIVE");
        List<String> losses = new ArrayList<>();
        for (JsonNode revision : event.path("revisions")) {
            table.row(
                    revision(revision),
                    number(revision.path("events").asLong()),
                    number(revision.path("samples").asLong()),
                    revision.path("schema").isObject() ? "agreed" : "-",
                    words(revision.path("leadsTo")),
                    revision.path("leadsDownTo").asString("-"),
                    words(revision.path("sensitive")));
            losses.addAll(losses(name(event, revision), revision));
        }
        text.append(table);
        if (!losses.isEmpty()) {
            text.append("\n\n").append(String.join("\n", losses));
        }
        return text.toString();
    }

    private static List<String> losses(String name, JsonNode revision) {
        List<String> losses = new ArrayList<>();
        JsonNode up = revision.path("leadsTo");
        for (JsonNode loss : revision.path("losesUp")) {
            losses.add(
                    up.isEmpty()
                            ? "'%s' is dropped and loses %s".formatted(name, loss.asString())
                            : "'%s' read as '%s' loses %s".formatted(name, words(up), loss.asString()));
        }
        for (JsonNode loss : revision.path("losesDown")) {
            losses.add("'%s' told as '%s' loses %s"
                    .formatted(name, revision.path("leadsDownTo").asString(), loss.asString()));
        }
        if (revision.path("noWayDown").isString()) {
            losses.add("'%s' has no way down: %s"
                    .formatted(name, revision.path("noWayDown").asString()));
        }
        return losses;
    }

    static String withSchemas(JsonNode event) {
        StringBuilder text = new StringBuilder(event(event));
        for (JsonNode revision : event.path("revisions")) {
            JsonNode schema = revision.path("schema");
            text.append("\n\n%s\n%s"
                    .formatted(
                            name(event, revision),
                            schema.isObject() ? schema.toPrettyString() : "no schema has been accepted"));
        }
        return text.toString();
    }

    static String rollbackReport(JsonNode report) {
        StringBuilder text = new StringBuilder();
        text.append("%s, told every event up to position %s%n"
                .formatted(
                        report.path("release").asString(),
                        number(report.path("position").asLong())));
        Table table = new Table("EVENT", "REVISION", "EVENTS", "HOW", "TARGET", "REFUSED", "REASON");
        List<String> losses = new ArrayList<>();
        for (JsonNode line : report.path("lines")) {
            table.row(
                    line.path("event").asString(),
                    revision(line),
                    number(line.path("events").asLong()),
                    line.path("way").asString().replace('-', ' '),
                    line.path("target").asString("-"),
                    number(line.path("refused").asLong()),
                    reason(line));
            String name = name(line.path("event").asString(), line.path("revision"));
            line.path("loses")
                    .forEach(loss -> losses.add("'%s' told as '%s' loses %s"
                            .formatted(name, line.path("target").asString(), loss.asString())));
        }
        text.append("%s%n%n".formatted(table));
        text.append(new Table("READ", "EVENTS")
                .row("as is", number(report.path("asIs").asLong()))
                .row("down", number(report.path("down").asLong()))
                .row("not", number(report.path("not").asLong())));
        if (!losses.isEmpty()) {
            text.append("\n\n").append(String.join("\n", losses));
        }
        return text.toString();
    }

    private static String reason(JsonNode line) {
        String reason = line.path("reason").asString("-");
        return line.path("firstRefused").isNumber()
                ? "%s (first at position %s)"
                        .formatted(reason, number(line.path("firstRefused").asLong()))
                : reason;
    }

    static String mined(JsonNode result) {
        StringBuilder text = new StringBuilder();
        result.path("written").forEach(path -> text.append("written  %s%n".formatted(path.asString())));
        result.path("kept").forEach(path -> text.append("kept     %s%n".formatted(path.asString())));
        result.path("withheld").forEach(reason -> text.append("%s%n".formatted(reason.asString())));
        return text.append("%s written, %d there already"
                        .formatted(
                                Words.count(result.path("written").size(), "sample"),
                                result.path("kept").size()))
                .toString();
    }

    private static String name(JsonNode event, JsonNode revision) {
        return name(event.path("name").asString(), revision.path("revision"));
    }

    /** As every message names a revision. */
    private static String name(String event, JsonNode revision) {
        return new Revision(event, revision.isNull() ? null : revision.asString()).toString();
    }

    private static String revision(JsonNode of) {
        JsonNode revision = of.path("revision");
        return revision.isNull() ? "none" : revision.asString().isEmpty() ? "''" : revision.asString();
    }

    private static String words(JsonNode list) {
        return orDash(list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
