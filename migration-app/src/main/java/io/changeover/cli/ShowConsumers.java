package io.changeover.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts consumers into words and tables. */
final class ShowConsumers {

    private ShowConsumers() {}

    static String all(JsonNode consumers) {
        if (consumers.isEmpty()) {
            return "No consumer is declared and nobody was seen.";
        }
        Table table = new Table("CONSUMER", "OWNER", "VERSION", "API", "TODAY", "7 DAYS", "LAST SEEN", "REMARK");
        consumers.forEach(consumer -> rows(table, consumer));
        return table.toString();
    }

    private static void rows(Table table, JsonNode consumer) {
        String name = consumer.path("name").asString();
        String owner = orDash(consumer.path("owner").asString());
        boolean declared = consumer.path("declared").asBoolean();
        JsonNode reads = consumer.path("reads");
        if (reads.isEmpty()) {
            table.row(name, owner, words(consumer.path("views")), "-", "-", "-", "-", "never seen");
        }
        for (JsonNode read : reads) {
            table.row(
                    name,
                    owner,
                    read.path("version").asString(),
                    orDash(read.path("apiVersion").asString()),
                    count(read.path("callsToday")),
                    count(read.path("callsInWeek")),
                    read.path("lastSeen").asString(),
                    remark(declared, read.path("declared").asBoolean()));
        }
    }

    private static String remark(boolean declared, boolean read) {
        return !declared ? "undeclared" : read ? "" : "read undeclared";
    }

    static String history(JsonNode history) {
        JsonNode consumer = history.path("consumer");
        StringBuilder text = new StringBuilder(consumer.path("name").asString());
        if (consumer.path("declared").asBoolean()) {
            text.append(" of %s".formatted(consumer.path("owner").asString()));
            line(text, "contact", consumer.path("contact").asString());
            line(text, "reads", words(consumer.path("views")));
            line(text, "by API versions", words(consumer.path("apiVersions")));
            line(text, "not older than", consumer.path("freshness").asString(""));
            line(text, "sees what it wrote", consumer.path("readYourWrites").asBoolean() ? "yes" : "");
            line(text, "authenticates", consumer.path("authenticates").asBoolean() ? "by a token of its own" : "");
        } else {
            text.append(", undeclared");
        }
        JsonNode days = history.path("days");
        if (days.isEmpty()) {
            return text.append("%n%nNever seen.".formatted()).toString();
        }
        Table table = new Table("DAY", "VERSION", "API", "BECAUSE", "CALLS", "LAST SEEN");
        for (JsonNode day : days) {
            table.row(
                    day.path("day").asString(),
                    day.path("view").asString() + "@" + day.path("version").asInt(),
                    orDash(day.path("apiVersion").asString()),
                    day.path("reason").asString(),
                    count(day.path("calls")),
                    day.path("lastSeen").asString());
        }
        return text.append("%n%n%s".formatted(table)).toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        if (!value.isEmpty() && !value.equals("-")) {
            text.append("%n%s: %s".formatted(what, value));
        }
    }

    private static String words(JsonNode list) {
        return list.isEmpty() ? "-" : list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
