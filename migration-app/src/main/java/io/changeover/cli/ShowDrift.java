package io.changeover.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts drift into words and tables. */
final class ShowDrift {

    private static final int MAX_RECORD = 120;

    private ShowDrift() {}

    static String pairs(JsonNode pairs) {
        return pairs.isEmpty()
                ? "No two versions of the view live, so there is nothing to compare."
                : pairs.valueStream().map(ShowDrift::pair).collect(Collectors.joining("\n\n"));
    }

    private static String pair(JsonNode pair) {
        StringBuilder text = new StringBuilder("%s and %s: %s%s%n"
                .formatted(
                        pair.path("left").asString(),
                        pair.path("right").asString(),
                        pair.path("state").asString(),
                        pair.path("alert").asBoolean() ? ", alert" : ""));
        if (pair.path("why").isString()) {
            text.append("because   %s%n".formatted(pair.path("why").asString()));
        }
        if (pair.path("workedOnBy").isString()) {
            text.append("compared by %s at this moment%n"
                    .formatted(pair.path("workedOnBy").asString()));
        }
        text.append(new Table("DIFFER", "COMPARED", "BEHIND", "WAITING", "TOUCHED ROWS AT", "ALL ROWS AT", "FOUND")
                .row(
                        count(pair.path("rows")),
                        count(pair.path("rowsCompared")),
                        count(pair.path("behind")),
                        count(pair.path("waiting")),
                        orDash(pair.path("comparedAt")),
                        orDash(pair.path("fullAt")),
                        orDash(pair.path("fullVerdict")).replace('-', ' ')));
        JsonNode listed = pair.path("listed");
        if (!listed.isEmpty()) {
            Table table = new Table("KEY", "KIND", "FIELDS", "LEFT", "RIGHT", "SINCE");
            for (JsonNode row : listed) {
                table.row(
                        words(row.path("key"), "/"),
                        row.path("kind").asString(),
                        words(row.path("fields"), ", "),
                        record(row, "left"),
                        record(row, "right"),
                        row.path("since").asString());
            }
            text.append("%n%n%s".formatted(table));
            long rest = pair.path("rows").asLong() - listed.size();
            if (rest > 0) {
                text.append(String.format(Locale.ROOT, "%nand %,d more", rest));
            }
        }
        return text.toString();
    }

    /** Of a row that both have, only what differs. */
    private static String record(JsonNode row, String side) {
        JsonNode record = row.path(side);
        if (!record.isObject()) {
            return "-";
        }
        JsonNode fields = row.path("fields");
        String text = record.propertyStream()
                .filter(field -> fields.isEmpty()
                        || fields.valueStream().anyMatch(name -> name.asString().equals(field.getKey())))
                .map(field -> "%s=%s".formatted(field.getKey(), value(field.getValue())))
                .collect(Collectors.joining(" "));
        return text.length() <= MAX_RECORD ? text : text.substring(0, MAX_RECORD - 3) + "...";
    }

    private static String value(JsonNode value) {
        return value.isString() ? "'" + value.asString() + "'" : value.toString();
    }

    private static String words(JsonNode list, String joint) {
        return list.isEmpty() ? "-" : list.valueStream().map(JsonNode::asString).collect(Collectors.joining(joint));
    }

    private static String orDash(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "-" : value.asString();
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
