package io.changeover.catalog;

import io.changeover.upcast.EventTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what an event means today against what was approved. */
public final class Approval {

    // What a step computes and what a file holds are the same number, whatever type the parser has chosen for it.
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        if (left.equals(right)) {
            return 0;
        }
        return left.isNumber() && right.isNumber() ? left.decimalValue().compareTo(right.decimalValue()) : 1;
    };

    private Approval() {}

    /** Whether both are the same events in the same order; numbers count by value, and the order of fields does not. */
    public static boolean same(List<EventTree> approved, List<EventTree> today) {
        if (approved.size() != today.size()) {
            return false;
        }
        for (int i = 0; i < approved.size(); i++) {
            if (!approved.get(i).key().equals(today.get(i).key())
                    || !difference("", approved.get(i).payload(), today.get(i).payload())
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The differences in words, such as "'total' was 5 and is 6"; empty when there are none. Values are shown: samples
     * hold nothing sensitive.
     */
    public static String difference(List<EventTree> approved, List<EventTree> today) {
        List<String> names =
                approved.stream().map(event -> event.key().toString()).toList();
        List<String> now = today.stream().map(event -> event.key().toString()).toList();
        if (!names.equals(now)) {
            return "it was %s and is %s".formatted(names, now);
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < approved.size(); i++) {
            all.addAll(difference("", approved.get(i).payload(), today.get(i).payload()));
        }
        return String.join(", ", all);
    }

    private static List<String> difference(String path, JsonNode was, JsonNode is) {
        if (was instanceof ObjectNode before && is instanceof ObjectNode after) {
            List<String> all = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                String inner = path.isEmpty() ? name : path + "." + name;
                all.addAll(difference(inner, before.path(name), after.path(name)));
            }
            return all;
        }
        return was.equals(BY_VALUE, is)
                ? List.of()
                : List.of("'%s' was %s and is %s".formatted(path, show(was), show(is)));
    }

    private static String show(JsonNode node) {
        return node.isMissingNode() ? "absent" : node.toString();
    }
}
