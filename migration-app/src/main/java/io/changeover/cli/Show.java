package io.changeover.cli;

import io.changeover.terminal.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts the server's answers into words and tables. */
final class Show {

    private Show() {}

    static String views(JsonNode views) {
        Table table = new Table("VIEW", "SERVING", "VERSIONS", "CHANGEOVER");
        for (JsonNode view : views) {
            JsonNode changeover = view.path("changeover");
            String versions = view.path("versions")
                    .valueStream()
                    .map(version -> number(version.path("version").asString()) + " "
                            + version.path("state").asString())
                    .collect(Collectors.joining(", "));
            table.row(
                    view.path("view").asString(),
                    orDash(view.path("serving")),
                    versions,
                    changeover.isObject() ? brief(changeover) : "-");
        }
        return table.toString();
    }

    static String view(JsonNode view) {
        Table table = new Table("VERSION", "STATE", "POSITION", "LAG", "ROWS", "DEAD LETTERS", "SERVES");
        JsonNode changeover = view.path("changeover");
        for (JsonNode version : view.path("versions")) {
            String name = version.path("version").asString();
            table.row(
                    name,
                    version.path("state").asString(),
                    count(version.path("position")),
                    count(version.path("lag")),
                    count(version.path("rows")),
                    count(version.path("deadLetters")),
                    share(number(name), view.path("serving").asString(""), changeover));
        }
        StringBuilder notes = new StringBuilder();
        for (JsonNode version : view.path("versions")) {
            if (version.path("stale").isString()) {
                notes.append("\n\n%s is stale: %s"
                        .formatted(
                                version.path("version").asString(),
                                version.path("stale").asString()));
            }
        }
        for (JsonNode version : view.path("versions")) {
            if (version.path("retirement").isObject()) {
                notes.append("\n\n" + ShowSunsets.sentence(version.path("retirement")));
            }
        }
        for (JsonNode version : view.path("versions")) {
            if (version.path("disposal").isString()) {
                notes.append("\n\n"
                        + ShowDisposals.sentence(
                                version.path("version").asString(),
                                version.path("disposal").asString()));
            }
        }
        return changeover.isObject()
                ? table + notes.toString() + "\n\n" + changeover(changeover)
                : table + notes.toString();
    }

    private static String share(String version, String serving, JsonNode changeover) {
        int moved = changeover.path("percent").asInt(0);
        if (changeover.isObject() && version.equals(changeover.path("to").asString())) {
            return moved + " %";
        }
        return version.equals(serving) ? (100 - moved) + " %" : "-";
    }

    static String changeover(JsonNode changeover) {
        StringBuilder text = new StringBuilder();
        text.append("%s  since %s%n"
                .formatted(brief(changeover), changeover.path("since").asString()));
        text.append("parity    %s%n"
                .formatted(changeover
                        .path("parity")
                        .asString("not verified")
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')));
        if (changeover.path("plan").isString()) {
            text.append("plan      %s%n".formatted(changeover.path("plan").asString()));
        }
        if (changeover.path("halted").isString()) {
            text.append("halted    %s%n".formatted(changeover.path("halted").asString()));
        }
        JsonNode backfill = changeover.path("backfill");
        if (backfill.isObject()) {
            text.append("backfill  %s%n".formatted(backfill(backfill).replace("\n", "\n          ")));
        }
        text.append("routed by %s%n".formatted(words(changeover.path("acknowledgedBy"))));
        if (!changeover.path("awaiting").isEmpty()) {
            text.append("not yet by %s%n".formatted(words(changeover.path("awaiting"))));
        }
        text.append("next      %s".formatted(words(changeover.path("next"))));
        return text.toString();
    }

    static String changeovers(JsonNode changeovers) {
        return changeovers.isEmpty()
                ? "No changeover is open."
                : changeovers.valueStream().map(Show::changeover).collect(Collectors.joining("\n\n"));
    }

    /** How far a backfill is, where its time goes, and why it stopped. */
    static String backfill(JsonNode backfill) {
        StringBuilder text = new StringBuilder();
        text.append("%s  %s".formatted(backfill.path("state").asString(), progress(backfill)));
        String stages = stages(backfill.path("stages"));
        if (!stages.isEmpty()) {
            String slowest = backfill.path("bottleneck").asString("");
            text.append("%n%s%s".formatted(stages, slowest.isEmpty() ? "" : "; the rest waits for: " + slowest));
        }
        long repeated = backfill.path("repeated").asLong();
        if (repeated > 0) {
            text.append(
                    String.format(Locale.ROOT, "%n%,d events are folded once more after an interruption", repeated));
        }
        long letters = backfill.path("deadLetters").asLong();
        if (letters > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%,d events wait as dead letters; the version is complete once they are retried",
                    letters));
        }
        if (backfill.path("failure").isString()) {
            text.append("%nfailure: %s".formatted(backfill.path("failure").asString()));
        }
        return text.toString();
    }

    private static String stages(JsonNode stages) {
        return stages.propertyStream()
                .filter(stage -> !Duration.parse(stage.getValue().asString()).isZero())
                .map(stage -> "%s %s"
                        .formatted(
                                stage.getKey(),
                                Progress.duration(
                                        Duration.parse(stage.getValue().asString()))))
                .collect(Collectors.joining(", "));
    }

    /** How much of a backfill is done, from 0 to 1. */
    static double fraction(JsonNode backfill) {
        long horizon = backfill.path("horizon").asLong();
        long total = backfill.path("total").asLong();
        return total > 0
                ? (double) backfill.path("events").asLong() / total
                : horizon == 0 ? 1 : (double) backfill.path("position").asLong() / horizon;
    }

    static String progress(JsonNode backfill) {
        String eta = backfill.path("eta").asString("");
        return Progress.line(
                fraction(backfill),
                backfill.path("events").asLong(),
                backfill.path("eventsPerSecond").asDouble(),
                eta.isEmpty() ? Duration.ofSeconds(-1) : Duration.parse(eta));
    }

    static String parity(JsonNode report) {
        StringBuilder text = new StringBuilder();
        text.append("%s and %s: %s. %s%n"
                .formatted(
                        report.path("left").asString(),
                        report.path("right").asString(),
                        report.path("verdict").asString().replace('-', ' '),
                        report.path("reason").asString()));
        text.append("%s%n"
                .formatted(
                        new Table("COMPARED", "EQUAL", "DIFFERENT", "MISSING", "EXTRA", "IN FLIGHT", "PARKED", "TOOK")
                                .row(
                                        count(report.path("rowsCompared")),
                                        count(report.path("equal")),
                                        count(report.path("different")),
                                        count(report.path("missing")),
                                        count(report.path("extra")),
                                        count(report.path("inFlight")),
                                        count(report.path("parked")),
                                        Progress.duration(Duration.parse(
                                                report.path("duration").asString())))));
        JsonNode byField = report.path("differencesByField");
        if (!byField.isEmpty()) {
            Table fields = new Table("FIELD", "ROWS THAT DIFFER");
            byField.properties().forEach(field -> fields.row(field.getKey(), count(field.getValue())));
            text.append("%n%s%n".formatted(fields));
        }
        JsonNode samples = report.path("samples");
        if (!samples.isEmpty()) {
            Table table = new Table("KIND", "KEY", "LEFT", "RIGHT");
            for (JsonNode sample : samples) {
                table.row(
                        sample.path("kind").asString(),
                        sample.path("key").asString(),
                        value(sample.path("left")),
                        value(sample.path("right")));
            }
            text.append("%n%s%n".formatted(table));
        }
        return text.toString().stripTrailing();
    }

    static String deadLetters(JsonNode letters) {
        if (letters.isEmpty()) {
            return "No event waits.";
        }
        Table table = new Table("HOME", "POSITION", "EVENT", "REVISION", "PARKED AT", "TRIES", "CAUSE");
        for (JsonNode letter : letters) {
            table.row(
                    letter.path("home").asString(),
                    count(letter.path("position")),
                    letter.path("eventName").asString(),
                    letter.path("revision").asString(),
                    letter.path("parkedAt").asString(),
                    count(letter.path("attempts")),
                    letter.path("cause").asString());
        }
        return table.toString();
    }

    static String retried(JsonNode result) {
        String text = "%s of %s: %s applied, %s still parked"
                .formatted(
                        result.path("home").asString(),
                        result.path("version").asString(),
                        count(result.path("applied")),
                        count(result.path("stillParked")));
        return result.path("failure").isString()
                ? text + ": " + result.path("failure").asString()
                : text;
    }

    static String brief(JsonNode changeover) {
        return "%s %s to %s: %s, %s %%"
                .formatted(
                        changeover.path("view").asString(),
                        changeover.path("from").asString(),
                        changeover.path("to").asString(),
                        changeover.path("phase").asString(),
                        changeover.path("percent").asString());
    }

    private static String number(String version) {
        return version.substring(version.indexOf('@') + 1);
    }

    private static String words(JsonNode list) {
        return list.isEmpty() ? "-" : list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    static String value(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "-";
        }
        String text = value.isString() ? "'" + value.asString() + "'" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    static String orDash(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "-" : value.asString();
    }

    static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
