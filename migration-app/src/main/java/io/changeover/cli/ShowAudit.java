package io.changeover.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Puts the audit trail into words and tables. */
final class ShowAudit {

    private ShowAudit() {}

    static String page(JsonNode page) {
        JsonNode entries = page.path("entries");
        if (entries.isEmpty()) {
            return "no entries";
        }
        Table table = new Table("TIME", "WHAT", "SUBJECT", "BY", "SAYS", "GATES", "REASON");
        for (JsonNode entry : entries) {
            table.row(
                    entry.path("at").asString(),
                    entry.path("action").asString(),
                    entry.path("subject").asString(),
                    orDash(entry.path("actor").asString("")),
                    orDash(entry.path("text").asString("")),
                    gates(entry.path("gates")),
                    orDash(entry.path("reason").asString("")));
        }
        String next = page.path("next").asString("");
        return next.isEmpty() ? table.toString() : "%s\n\nolder entries: --before %s".formatted(table, next);
    }

    private static String gates(JsonNode gates) {
        List<String> words = new ArrayList<>();
        for (JsonNode gate : gates) {
            words.add("%s %s"
                    .formatted(
                            gate.path("gate").asString(),
                            gate.path("verdict").asString().toLowerCase(java.util.Locale.ROOT)));
        }
        return orDash(String.join(", ", words));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
