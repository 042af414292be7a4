package io.changeover.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts routes and nodes into words and tables. */
final class ShowRoute {

    private ShowRoute() {}

    static String route(JsonNode route) {
        StringBuilder text = new StringBuilder(route.path("why").asString()).append(String.format("%n"));
        line(
                text,
                "cohort",
                String.format(Locale.ROOT, "%,d of 10,000", route.path("cohort").asLong()));
        if (route.path("percent").isNumber()) {
            line(text, "percent", route.path("percent").asInt() + " % of readers are served by the new version");
        }
        String pins = route.path("pins")
                .propertyStream()
                .map(pin -> "%s to version %s".formatted(pin.getKey(), pin.getValue()))
                .collect(Collectors.joining(", "));
        if (!pins.isEmpty()) {
            line(text, "pinned", pins);
        }
        if (route.path("configured").isNumber()) {
            line(text, "configured", "version %s, on this node".formatted(route.path("configured")));
        }
        if (route.path("fallback").isString()) {
            line(text, "fallback", route.path("fallback").asString() + " answers where it fails");
        }
        if (route.path("shadow").isString()) {
            line(
                    text,
                    "shadow",
                    "sampled calls are compared with " + route.path("shadow").asString());
        }
        line(text, "routed by", words(route.path("acknowledgedBy")));
        if (!route.path("awaiting").isEmpty()) {
            line(text, "not yet by", words(route.path("awaiting")));
        }
        return text.toString().stripTrailing();
    }

    static String nodes(JsonNode nodes) {
        if (nodes.isEmpty()) {
            return "No node was ever heard of.";
        }
        Table table = new Table("NODE", "STATE", "SEEN", "VIEW", "ROUTES BY", "LATEST", "CONFIGURED");
        for (JsonNode node : nodes) {
            boolean first = true;
            for (JsonNode view : node.path("views")) {
                String name = view.path("view").asString();
                JsonNode configured = node.path("serves").path(name);
                table.row(
                        first ? node.path("node").asString() : "",
                        first ? node.path("state").asString() : "",
                        first ? node.path("seenAt").asString() : "",
                        name,
                        "event %s at position %s".formatted(view.path("sequence"), view.path("position")),
                        view.path("latest").asBoolean() ? "yes" : "no",
                        configured.isNumber() ? "version " + configured : "-");
                first = false;
            }
            if (first) {
                table.row(
                        node.path("node").asString(),
                        node.path("state").asString(),
                        node.path("seenAt").asString(),
                        "-",
                        "-",
                        "-",
                        "-");
            }
        }
        return table.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-11s%s%n", name, value));
    }

    private static String words(JsonNode list) {
        return list.isEmpty() ? "-" : list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }
}
