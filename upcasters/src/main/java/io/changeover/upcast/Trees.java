package io.changeover.upcast;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Comparing and showing trees. */
final class Trees {

    private static final int BRIEF = 60;

    // 1, 1L and 1.0 are one number to a reader, whatever type the parser has chosen for it.
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left.equals(right)) {
            return 0;
        }
        return left.isNumber() && right.isNumber() ? left.decimalValue().compareTo(right.decimalValue()) : 1;
    };

    private Trees() {}

    /** Whether both say the same; the order of an object's fields does not count. */
    static boolean same(JsonNode left, JsonNode right) {
        return left.equals(BY_VALUE, right);
    }

    /** The value for a message, cut where it is long. */
    static String brief(JsonNode node) {
        String text = node.isString() ? "'" + node.stringValue() + "'" : node.toString();
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "...";
    }
}
