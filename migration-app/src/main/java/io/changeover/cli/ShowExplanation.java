package io.changeover.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells an explanation as a story, event by event. */
final class ShowExplanation {

    private static final int MAX_VALUE = 60;
    private static final int MAX_PAYLOAD = 400;

    private ShowExplanation() {}

    static String explanation(JsonNode found) {
        JsonNode left = found.path("left");
        JsonNode right = found.path("right");
        boolean alone = version(left).equals(version(right));
        List<String> parts = new ArrayList<>();
        parts.add("%s %s in %s%s"
                .formatted(
                        found.path("view").asString(),
                        joined(found.path("key"), "/"),
                        position(left),
                        alone ? "" : " and " + position(right)));
        String summary = found.path("summary").asString();
        if (!summary.isEmpty()) {
            parts.add(summary.replace(". ", ".\n"));
        }
        long lastShown = 0;
        long leftOut = found.path("leftOut").asLong();
        for (JsonNode event : found.path("events")) {
            parts.add(event(event, left, alone ? null : right));
            lastShown = event.path("position").asLong();
        }
        if (leftOut > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d more events up to position %d touch this row and are left out",
                    leftOut,
                    lastShown));
        }
        parts.add(stored(left));
        if (!alone) {
            parts.add(stored(right));
        }
        return String.join("\n\n", parts);
    }

    private static String position(JsonNode side) {
        JsonNode position = side.path("position");
        return position.isNumber() ? "%s at position %d".formatted(version(side), position.asLong()) : version(side);
    }

    private static String version(JsonNode side) {
        return side.path("version").asString();
    }

    private static String event(JsonNode event, JsonNode left, @Nullable JsonNode right) {
        StringBuilder text = new StringBuilder();
        if (event.path("parts").asBoolean()) {
            text.append(">>> here they part\n");
        } else if (event.path("meets").asBoolean()) {
            text.append("--- here they are equal again\n");
        }
        text.append("position %d  %s%s  %s  by %s%s"
                .formatted(
                        event.path("position").asLong(),
                        event.path("name").asString(),
                        revision(event.path("revision")),
                        event.path("time").asString(),
                        event.path("aggregateType").isString()
                                ? event.path("aggregateType").asString() + " "
                                : "",
                        event.path("aggregateId").asString()));
        text.append("%n  stored  %s".formatted(shortened(event.path("payload"), MAX_PAYLOAD)));
        JsonNode steps = event.path("steps");
        if (!steps.isEmpty()) {
            text.append("%n  read by %s".formatted(joined(steps, ", then ")));
            for (JsonNode today : event.path("today")) {
                text.append("%n  today   %s%s %s"
                        .formatted(
                                today.path("name").asString(),
                                revision(today.path("revision")),
                                shortened(today.path("payload"), MAX_PAYLOAD)));
            }
        }
        if (event.path("unreadable").isString()) {
            text.append(
                    "%n  cannot be read: %s".formatted(event.path("unreadable").asString()));
        }
        Set<String> differing = new HashSet<>();
        event.path("fields").forEach(field -> differing.add(field.asString()));
        after(text, left, event.path("left"), differing);
        if (right != null) {
            after(text, right, event.path("right"), differing);
        }
        String kind = event.path("kind").asString("");
        if (!kind.isEmpty()) {
            text.append("%n  after it %s"
                    .formatted(
                            differing.isEmpty()
                                    ? "only one of them has the row"
                                    : "they differ in " + joined(event.path("fields"), ", ")));
        }
        return text.toString();
    }

    private static String revision(JsonNode revision) {
        return revision.isString() ? "@" + revision.asString() : "";
    }

    private static void after(StringBuilder text, JsonNode side, JsonNode after, Set<String> differing) {
        if (!after.isObject()) {
            return;
        }
        text.append("%n  %s  %s".formatted(version(side), after.path("effect").asString()));
        JsonNode changed = after.path("changed");
        if (!changed.isEmpty()) {
            text.append(" ").append(joined(changed, ", "));
        }
        if (after.path("failure").isString()) {
            text.append(", because ").append(after.path("failure").asString());
        }
        text.append("%n    row        %s".formatted(values(after.path("row"), names(changed))));
        text.append("%n    canonical  %s".formatted(values(after.path("record"), differing)));
    }

    private static Set<String> names(JsonNode names) {
        return names.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    /** The values by name, those that matter with a star. */
    private static String values(JsonNode row, Set<String> marked) {
        if (!row.isObject()) {
            return "none";
        }
        return row.properties().stream().map(field -> value(field, marked)).collect(Collectors.joining("  "));
    }

    private static String value(Map.Entry<String, JsonNode> field, Set<String> marked) {
        return "%s%s=%s"
                .formatted(
                        marked.contains(field.getKey()) ? "*" : "",
                        field.getKey(),
                        shortened(field.getValue(), MAX_VALUE));
    }

    private static String stored(JsonNode side) {
        StringBuilder text = new StringBuilder("stored in %s: ".formatted(version(side)));
        text.append(
                switch (side.path("stored").asString()) {
                    case "as-folded" -> "what its folds make";
                    case "changed" -> "something other than its fold has changed " + joined(side.path("fields"), ", ");
                    case "missing" -> "no row, although its folds make one";
                    case "superfluous" -> "a row that its folds do not make";
                    case "waits" -> "not what its folds make of all events, as some of them wait as dead letters";
                    default -> "a row that is not folded here";
                });
        Set<String> fields = names(side.path("fields"));
        text.append("%n  row        %s".formatted(values(side.path("row"), fields)));
        if (!fields.isEmpty()) {
            text.append("%n  folded     %s".formatted(values(side.path("folded"), fields)));
        }
        text.append("%n  canonical  %s".formatted(values(side.path("record"), Set.of())));
        if (side.path("rowPosition").isNumber()) {
            text.append("%n  written by event %s at position %d"
                    .formatted(
                            side.path("rowEventId").asString(),
                            side.path("rowPosition").asLong()));
        }
        if (side.path("remedy").isString()) {
            text.append("%n  next: %s".formatted(side.path("remedy").asString()));
        }
        return text.toString();
    }

    private static String joined(JsonNode texts, String between) {
        return texts.valueStream().map(JsonNode::asString).collect(Collectors.joining(between));
    }

    private static String shortened(JsonNode value, int most) {
        String text = value.isString() ? value.asString() : value.toString();
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
