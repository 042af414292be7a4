package io.changeover.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Puts groups of differences into words and tables. */
final class ShowDifferences {

    private ShowDifferences() {}

    static String groups(JsonNode comparison, JsonNode groups) {
        StringBuilder text = new StringBuilder();
        if (comparison.path("note").isString()) {
            text.append("%s%n%n".formatted(comparison.path("note").asString()));
        }
        String state = comparison.path("state").asString();
        text.append("%s and %s: %s%s, comparison %s"
                .formatted(
                        comparison.path("left").asString(),
                        comparison.path("right").asString(),
                        Words.count(groups.path("differing").asLong(), "row") + " differ",
                        state.equals("done") ? "" : " so far (" + state + ")",
                        comparison.path("id").asString()));
        JsonNode kinds = groups.path("kinds");
        if (!kinds.isEmpty()) {
            Table table = new Table("KIND", "ROWS");
            kinds.forEach(kind -> table.row(kind.path("kind").asString(), Show.count(kind.path("rows"))));
            text.append("%n%n%s".formatted(table));
        }
        JsonNode fields = groups.path("fields");
        if (!fields.isEmpty()) {
            text.append("%n%n%s".formatted(fields(fields)));
        }
        for (JsonNode field : fields) {
            Table table = new Table("LEFT", "RIGHT", "ROWS");
            for (JsonNode pair : field.path("commonest")) {
                table.row(Show.value(pair.path("left")), Show.value(pair.path("right")), Show.count(pair.path("rows")));
            }
            text.append("%n%n%s, the commonest values%n%s"
                    .formatted(field.path("field").asString(), table));
        }
        return text.toString();
    }

    private static Table fields(JsonNode fields) {
        Table table = new Table("FIELD", "ROWS", "LEAST RIGHT - LEFT", "GREATEST", "SUM");
        for (JsonNode field : fields) {
            JsonNode numbers = field.path("numbers");
            table.row(
                    field.path("field").asString(),
                    Show.count(field.path("rows")),
                    figure(numbers.path("least")),
                    figure(numbers.path("greatest")),
                    figure(numbers.path("sum")));
        }
        return table;
    }

    private static String figure(JsonNode number) {
        return number.isNumber()
                ? String.format(
                        Locale.ROOT, "%,." + Math.max(0, number.decimalValue().scale()) + "f", number.decimalValue())
                : "-";
    }
}
