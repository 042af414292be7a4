package io.changeover.app.console;

import io.changeover.explain.Explanation;
import io.changeover.explain.Explanation.After;
import io.changeover.explain.Explanation.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An explanation in the order in which it is read.
 *
 * @param explanation the explanation
 * @param fields the canonical record of both sides, field by field
 * @param moments its events, or the first, the last and the partings where they are many
 * @param hidden how many events are not among them
 */
record Story(Explanation explanation, List<Field> fields, List<Moment> moments, int hidden) {

    /** So many events make a page that can still be read. */
    private static final int MOST = 100;

    private static final String AS_FOLDED = "as-folded";

    /**
     * A field of the canonical record.
     *
     * @param name its name
     * @param left value on the left, or null
     * @param right value on the right, or null
     * @param since position of the event since which the folds differ, or null where they fold it to the same
     * @param storedApart whether the values are not the same although the folds make them so, as when a hand has changed a row
     */
    record Field(
            String name, @Nullable Object left, @Nullable Object right, @Nullable Long since, boolean storedApart) {}

    /**
     * An event.
     *
     * @param event the event
     * @param left what it did on the left, or null where that is not known
     * @param right what it did on the right, or null where that is not known
     * @param last whether it is the event from which on the versions differ up to the end
     */
    record Moment(Event event, @Nullable Did left, @Nullable Did right, boolean last) {}

    /**
     * What an event did in one version.
     *
     * @param effect a word for it
     * @param changes components that it has changed, with the values that they have since
     * @param failure why the fold failed, or null
     */
    record Did(String effect, List<Change> changes, @Nullable String failure) {}

    /**
     * A component that was changed.
     *
     * @param component its name
     * @param value its value since, or null
     */
    record Change(String component, @Nullable Object value) {}

    static Story of(Explanation explanation, boolean all) {
        List<Event> events = explanation.events();
        Long parting =
                explanation.parting() == null ? null : explanation.parting().position();
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            boolean kept = all || i < MOST / 2 || i >= events.size() - MOST / 2 || event.parts() || event.meets();
            if (kept) {
                moments.add(new Moment(
                        event, did(event.left()), did(event.right()), parting != null && parting == event.position()));
            }
        }
        return new Story(explanation, fields(explanation), moments, events.size() - moments.size());
    }

    private static @Nullable Did did(@Nullable After after) {
        if (after == null) {
            return null;
        }
        Map<String, @Nullable Object> row = after.row();
        return new Did(
                after.effect(),
                row == null
                        ? List.of()
                        : after.changed().stream()
                                .map(component -> new Change(component, row.get(component)))
                                .toList(),
                after.failure());
    }

    private static List<Field> fields(Explanation explanation) {
        Map<String, @Nullable Object> left = explanation.left().record();
        Map<String, @Nullable Object> right = explanation.right().record();
        Set<String> names = new TreeSet<>();
        if (left != null) {
            names.addAll(left.keySet());
        }
        if (right != null) {
            names.addAll(right.keySet());
        }
        boolean asFolded = explanation.left().stored().equals(AS_FOLDED)
                && explanation.right().stored().equals(AS_FOLDED);
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            Long since = explanation.fields().stream()
                    .filter(field -> field.field().equals(name))
                    .map(Explanation.FieldParting::since)
                    .findFirst()
                    .orElse(null);
            Object one = left == null ? null : left.get(name);
            Object other = right == null ? null : right.get(name);
            // Rows that are as folded may hold different values that count as equal by the rules of the view.
            boolean apart = since == null && !asFolded && !Objects.equals(one, other);
            fields.add(new Field(name, one, other, since, apart));
        }
        return fields;
    }
}
