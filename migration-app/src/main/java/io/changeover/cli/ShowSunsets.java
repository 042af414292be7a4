package io.changeover.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Puts the ends of versions into words and tables. */
final class ShowSunsets {

    private ShowSunsets() {}

    static String one(JsonNode retirement) {
        return table(List.of(retirement));
    }

    static String all(JsonNode retirements) {
        return retirements.isEmpty()
                ? "No version of the view has been superseded."
                : table(retirements.valueStream().toList());
    }

    static String sentence(JsonNode retirement) {
        return "%s is deprecated since %s, when %s took over; it %s"
                .formatted(
                        retirement.path("version").asString(),
                        retirement.path("deprecatedAt").asString(),
                        retirement.path("successor").asString(),
                        retirement.path("sunsetAt").isNull()
                                ? "has no end yet"
                                : (retirement.path("ended").asBoolean() ? "ended at " : "ends at ")
                                        + retirement.path("sunsetAt").asString());
    }

    private static String table(List<JsonNode> retirements) {
        Table table = new Table("VERSION", "DEPRECATED", "SUNSET", "STATE", "SUCCESSOR", "LINK");
        for (JsonNode retirement : retirements) {
            table.row(
                    retirement.path("version").asString(),
                    retirement.path("deprecatedAt").asString(),
                    orDash(retirement.path("sunsetAt")),
                    retirement.path("ended").asBoolean() ? "ended" : "answered",
                    retirement.path("successor").asString(),
                    orDash(retirement.path("link")));
        }
        return table.toString();
    }

    private static String orDash(JsonNode value) {
        return value.isString() ? value.asString() : "-";
    }
}
