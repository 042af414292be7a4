package io.changeover.shadow;

import io.changeover.view.RowKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a version answered, taken apart so that it can be compared. Immutable. */
record Answer(Form form, List<Item> items) {

    /** How the items belong together. */
    enum Form {
        /** At most one. */
        ONE,
        /** In an order that counts. */
        LIST,
        /** In no order. */
        SET,
        /** Under labels, in no order. */
        MAP
    }

    /**
     * One thing in an answer.
     *
     * @param identity what makes it the counterpart of one in another answer: the key of a canonical record, the label in
     *     a map, else its own content
     * @param label its key in a map, or null
     * @param key key of the canonical record, or null where it is none
     * @param content what it says, in a form in which equal things are equal texts; of a canonical record empty
     * @param value the thing itself
     */
    record Item(
            Object identity, @Nullable Object label, @Nullable RowKey key, String content, @Nullable Object value) {}

    /** Whether each item is a canonical record, so that it can be told which events concern it. */
    boolean keyed() {
        return items.stream().allMatch(item -> item.key() != null);
    }

    /** The answer without what belongs to the homes. */
    Answer without(Set<String> homes) {
        return new Answer(
                form,
                items.stream()
                        .filter(item ->
                                item.key() == null || !homes.contains(item.key().homeText()))
                        .toList());
    }
}
