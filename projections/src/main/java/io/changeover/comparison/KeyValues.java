package io.changeover.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The key of a difference with the types that its components have in the record. */
final class KeyValues {

    private KeyValues() {}

    /** The value of the key's component: a number where it is one; null where the key has fewer components. */
    static @Nullable JsonNode of(StoredDifference difference, List<String> keys, int index) {
        JsonNode record = difference.left() == null ? difference.right() : difference.left();
        JsonNode value = record == null ? null : record.get(keys.get(index));
        if (value != null && value.isNumber()) {
            return value;
        }
        return index < difference.key().size()
                ? StringNode.valueOf(difference.key().get(index))
                : null;
    }
}
