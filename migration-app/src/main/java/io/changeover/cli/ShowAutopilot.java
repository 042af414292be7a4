package io.changeover.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts into words and tables how changeovers are carried. */
final class ShowAutopilot {

    private ShowAutopilot() {}

    static String all(JsonNode carried) {
        return carried.isEmpty()
                ? "No changeover with a plan is open."
                : carried.valueStream().map(ShowAutopilot::one).collect(Collectors.joining("\n\n"));
    }

    private static String one(JsonNode carried) {
        StringBuilder text = new StringBuilder("%s: %s, %d %%, by plan '%s'%n"
                .formatted(
                        carried.path("view").asString(),
                        carried.path("phase").asString(),
                        carried.path("percent").asInt(),
                        carried.path("plan").asString()));
        line(text, "node", carried.path("node"), "none");
        line(text, "looked", carried.path("lookedAt"), "never");
        if (carried.path("moved").isString()) {
            text.append("did       %s, at %s%n"
                    .formatted(
                            carried.path("moved").asString(),
                            carried.path("movedAt").asString()));
        }
        if (!carried.path("waitsFor").asString("").isEmpty()) {
            line(text, "waits for", carried.path("waitsFor"), "");
        }
        JsonNode readings = carried.path("readings");
        if (!readings.isEmpty()) {
            Table table = new Table("GATE", "SAYS", "MEASURED", "REQUIRED");
            readings.forEach(reading -> table.row(
                    reading.path("gate").asString(),
                    reading.path("verdict").asString(),
                    reading.path("measured").asString(),
                    reading.path("required").asString()));
            text.append("%n%s".formatted(table));
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, JsonNode value, String otherwise) {
        text.append("%-9s %s%n".formatted(name, value.isString() ? value.asString() : otherwise));
    }
}
