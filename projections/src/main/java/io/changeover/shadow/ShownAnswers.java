package io.changeover.shadow;

import io.changeover.parity.Masks;
import io.changeover.sensitive.Sensitive;
import io.changeover.shadow.Answer.Item;
import io.changeover.view.CanonicalForm;
import io.changeover.view.ColumnType;
import io.changeover.view.RowKey;
import io.changeover.view.RowShape;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people get to see of a call and its answers. Of canonical records the sensitive components are masked. Nothing is
 * known of other things, so their texts are masked, arguments among them, and numbers too where the view has a sensitive
 * one; what is a key of a shown record stays, as rows are asked for by it.
 */
final class ShownAnswers {

    /** Most items of one side that are kept of a difference. */
    static final int MOST = 10;

    private static final String ARGUMENT = "argument";
    private static final String ANSWER = "answer";

    private final CanonicalForm form;
    private final Answers answers;
    private final Masks masks;
    private final boolean numbers;
    private final boolean open;

    /** @param rows rows of both versions, of which what is sensitive is hidden in their canonical records too */
    ShownAnswers(CanonicalForm form, List<RowShape> rows, Answers answers, Masks secret, Method method) {
        Masks all = secret;
        for (RowShape row : rows) {
            all = all.alsoFor(row);
        }
        this.form = form;
        this.answers = answers;
        this.masks = all;
        this.open = !method.isAnnotationPresent(Sensitive.class);
        this.numbers = Stream.concat(Stream.of(form.shape()), rows.stream())
                .flatMap(shape -> shape.columns().stream())
                .noneMatch(column -> column.sensitive() && column.type() != ColumnType.TEXT);
    }

    /** One side of a difference: how many items the answer has, and those that differ. */
    Map<String, @Nullable Object> side(int size, List<Item> differing) {
        Set<String> keys = keys(differing);
        List<@Nullable Object> shown = new ArrayList<>();
        differing.stream().limit(MOST).forEach(item -> shown.add(item(item, keys)));
        Map<String, @Nullable Object> side = new LinkedHashMap<>();
        side.put("items", size);
        side.put("differing", shown);
        return side;
    }

    /** The arguments, in order. */
    List<@Nullable Object> arguments(List<@Nullable Object> arguments, List<Item> older, List<Item> newer) {
        Set<String> keys = new HashSet<>(keys(older));
        keys.addAll(keys(newer));
        List<@Nullable Object> all = new ArrayList<>();
        arguments.forEach(argument -> all.add(value(ARGUMENT, argument, keys)));
        return all;
    }

    private static Set<String> keys(List<Item> items) {
        Set<String> keys = new HashSet<>();
        for (Item item : items.subList(0, Math.min(MOST, items.size()))) {
            RowKey key = item.key();
            if (key != null) {
                keys.addAll(key.texts());
            }
        }
        return keys;
    }

    private @Nullable Object item(Item item, Set<String> keys) {
        Object value = item.value();
        Object shown = item.key() != null && value != null && open
                ? masks.shown(form.shape(), value)
                : value(ANSWER, value, keys);
        if (item.label() == null) {
            return shown;
        }
        Map<String, @Nullable Object> labelled = new LinkedHashMap<>();
        labelled.put("label", value(ANSWER, item.label(), keys));
        labelled.put("value", shown);
        return labelled;
    }

    private @Nullable Object value(String name, @Nullable Object value, Set<String> keys) {
        if (value == null || (open && keys.contains(value.toString()))) {
            return value == null ? null : value.toString();
        }
        if (open && (value instanceof Boolean || value instanceof Enum || (numbers && value instanceof Number))) {
            return value;
        }
        return masks.mask(name, value instanceof String ? value : answers.content(value));
    }
}
