package io.changeover.upcast;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversion of plain values as one of the lists and maps that hold them. */
final class Elements {

    private Elements() {}

    static Conversion of(Conversion element) {
        Conversion each = Conversion.of(
                "each: " + element,
                container -> replace(container, element::up),
                container -> replace(container, element::down));
        Examples older = element.older();
        if (older != null) {
            each = each.exactForOlder(random -> tools.jackson.databind.node.JsonNodeFactory.instance
                    .arrayNode()
                    .add(older.next(random)));
        }
        Examples newer = element.newer();
        if (newer != null) {
            each = each.exactForNewer(random -> tools.jackson.databind.node.JsonNodeFactory.instance
                    .arrayNode()
                    .add(newer.next(random)));
        }
        for (Loss loss : element.lossesUp()) {
            each = each.losingUp(loss.what());
        }
        for (Loss loss : element.lossesDown()) {
            each = each.losingDown(loss.what());
        }
        return each;
    }

    static JsonNode replace(JsonNode container, UnaryOperator<JsonNode> change) {
        if (container instanceof ArrayNode list) {
            ArrayNode changed = list.arrayNode(list.size());
            list.forEach(value -> changed.add(change.apply(value)));
            return changed;
        }
        if (container instanceof ObjectNode map) {
            ObjectNode changed = map.objectNode();
            map.properties().forEach(entry -> changed.set(entry.getKey(), change.apply(entry.getValue())));
            return changed;
        }
        throw new StepRefusedException(
                null, "%s must be a list or a map; correct it by a step of its own".formatted(Trees.brief(container)));
    }
}
