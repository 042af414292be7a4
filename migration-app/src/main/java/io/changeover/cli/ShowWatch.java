package io.changeover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a watch shows of a changeover: as much as matters while it goes on by itself. */
final class ShowWatch {

    private ShowWatch() {}

    /** Several lines, to be redrawn in place. */
    static String frame(JsonNode status, JsonNode gates) {
        List<String> lines = new ArrayList<>();
        lines.add(Show.brief(status));
        JsonNode backfill = status.path("backfill");
        if (isBuilding(backfill)) {
            lines.add("backfill  %s  %s".formatted(backfill.path("state").asString(), Show.progress(backfill)));
        }
        if (status.path("halted").isString()) {
            lines.add("halted    " + status.path("halted").asString());
        }
        for (JsonNode gate : notPassing(gates)) {
            lines.add("gate      %s %s, with %s where %s is required: %s"
                    .formatted(
                            gate.path("gate").asString(),
                            verdict(gate),
                            gate.path("measured").asString(),
                            gate.path("required").asString(),
                            gate.path("reason").asString()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** One line without figures that always change, so that a new line means something. */
    static String line(JsonNode status, JsonNode gates) {
        StringBuilder line = new StringBuilder(Show.brief(status));
        JsonNode backfill = status.path("backfill");
        if (isBuilding(backfill)) {
            line.append(", backfill %s at %d0 %%"
                    .formatted(backfill.path("state").asString(), (int) (Show.fraction(backfill) * 10)));
        }
        if (status.path("halted").isString()) {
            line.append(", halted: " + status.path("halted").asString());
        }
        String waiting = notPassing(gates).stream()
                .map(gate -> "gate %s %s".formatted(gate.path("gate").asString(), verdict(gate)))
                .collect(Collectors.joining(", "));
        return line.append(waiting.isEmpty() ? "" : ", " + waiting).toString();
    }

    private static boolean isBuilding(JsonNode backfill) {
        return backfill.isObject() && !backfill.path("state").asString().equals("done");
    }

    private static List<JsonNode> notPassing(JsonNode gates) {
        return gates.valueStream()
                .filter(gate -> !gate.path("verdict").asString().equals("pass"))
                .toList();
    }

    private static String verdict(JsonNode gate) {
        return gate.path("verdict").asString().equals("refuse") ? "refuses" : "holds";
    }
}
