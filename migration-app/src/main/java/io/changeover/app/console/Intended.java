package io.changeover.app.console;

import io.changeover.operation.DryRun;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One thing that would be done.
 *
 * @param what the deed, or the event that would be recorded
 * @param details what else there is to tell
 */
record Intended(String what, List<Detail> details) {

    /** A field of what would be done, and its value as text. */
    record Detail(String name, String value) {}

    static List<Intended> of(DryRun run, ObjectMapper json) {
        return run.intents().stream()
                .map(intent -> new Intended(
                        intent.what().startsWith("changeover.") ? "record " + intent.what() : intent.what(),
                        details(json.valueToTree(intent.details()))))
                .toList();
    }

    private static List<Detail> details(JsonNode details) {
        return details.propertyStream()
                .filter(field -> !field.getValue().isNull()
                        && !(field.getValue().isContainer() && field.getValue().isEmpty())
                        && !(field.getValue().isString()
                                && field.getValue().stringValue().isEmpty()))
                .map(field -> new Detail(field.getKey(), text(field.getValue())))
                .toList();
    }

    /** A plan is told by its name, since its text is on the page. */
    private static String text(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        JsonNode name = value.path("name");
        return value.has("steps") && name.isString() ? name.stringValue() : value.toString();
    }
}
