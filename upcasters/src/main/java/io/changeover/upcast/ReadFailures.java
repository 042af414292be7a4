package io.changeover.upcast;

import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.sensitive.SensitiveValues;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Says why an event cannot be read, without what it holds for nobody's eyes. Which of its values those are, its class would
 * say, of which it is no object: where the class has any, all values of the payload are taken for sensitive.
 */
final class ReadFailures {

    private final EventTypes types;
    private final EventSteps steps;
    private final PayloadTrees trees;

    ReadFailures(EventTypes types, EventSteps steps, PayloadTrees trees) {
        this.types = types;
        this.steps = steps;
        this.trees = trees;
    }

    UnreadableEventException of(StoredEvent event, RuntimeException cause) {
        boolean unknown = steps.reading(event.name(), event.revision()) == EventSteps.Reading.UNKNOWN;
        if (unknown || !maybeSensitive(event.name())) {
            return new UnreadableEventException(event, String.valueOf(cause.getMessage()), cause);
        }
        List<String> values = new ArrayList<>();
        try {
            collect(trees.event(event).payload(), values);
        } catch (RuntimeException unparsed) {
            // Its values cannot be told from the rest of it, of which the message may show any part.
            String reason = "the payload is no readable JSON (%s)"
                    .formatted(cause.getClass().getSimpleName());
            return new UnreadableEventException(event, reason, null);
        }
        SensitiveValues sensitive = SensitiveValues.ofTexts(values);
        return new UnreadableEventException(
                event, sensitive.without(String.valueOf(cause.getMessage())), sensitive.without(cause));
    }

    private boolean maybeSensitive(String name) {
        return types.classOf(name).filter(SensitiveValues::mayBeIn).isPresent()
                || steps.namesReachedFrom(name).stream().anyMatch(each -> types.classOf(each)
                        .filter(SensitiveValues::mayBeIn)
                        .isPresent());
    }

    private static void collect(JsonNode tree, List<String> values) {
        if (tree.isValueNode()) {
            if (!tree.isNull() && !tree.isBoolean()) {
                values.add(tree.asString());
            }
        } else {
            tree.values().forEach(each -> collect(each, values));
        }
    }
}
