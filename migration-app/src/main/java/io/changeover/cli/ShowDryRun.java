package io.changeover.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What would be done, in words. */
final class ShowDryRun {

    private ShowDryRun() {}

    /** Whether the server answers a dry run by a list of what would be done. */
    static boolean isOne(JsonNode answer) {
        return answer.path("dryRun").asBoolean(false) && answer.path("would").isArray();
    }

    static String would(JsonNode answer) {
        if (answer.path("would").isEmpty()) {
            return "dry run: nothing would change";
        }
        return answer.path("would")
                .valueStream()
                .map(ShowDryRun::intent)
                .collect(Collectors.joining(
                        System.lineSeparator(), "dry run, nothing was changed; would" + System.lineSeparator(), ""));
    }

    private static String intent(JsonNode intent) {
        String what = intent.path("what").asString("");
        String details = intent.path("details")
                .propertyStream()
                .filter(field -> !isEmpty(field.getValue()))
                .map(field -> "    %s: %s".formatted(field.getKey(), text(field.getValue())))
                .collect(Collectors.joining(System.lineSeparator()));
        String line = "  " + (what.startsWith("changeover.") ? "record " + what : what);
        return details.isEmpty() ? line : line + System.lineSeparator() + details;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || (value.isContainer() && value.isEmpty());
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
