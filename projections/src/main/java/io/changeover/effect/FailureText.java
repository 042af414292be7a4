package io.changeover.effect;

import io.changeover.sensitive.Sensitive;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says why an effect has failed, in few words and without what the event holds for nobody's eyes. */
final class FailureText {

    private static final int MAX_LENGTH = 500;
    private static final String MASK = "***";

    private FailureText() {}

    /**
     * The failure's class and message.
     *
     * @param events events for which the effect was called; what they hold that is sensitive is masked
     */
    static String of(Throwable failure, Collection<?> events) {
        String message = failure.getMessage();
        String text = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        // The longest first, so that a part of a value does not leave the rest of it behind.
        SortedSet<String> sensitive = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        events.forEach(event -> collect(event, false, sensitive));
        for (String value : sensitive) {
            text = text.replace(value, MASK);
        }
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 3) + "...";
    }

    private static void collect(@Nullable Object value, boolean sensitive, SortedSet<String> found) {
        if (value == null) {
            return;
        }
        if (value.getClass().isRecord()) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                collect(read(component, value), sensitive || component.isAnnotationPresent(Sensitive.class), found);
            }
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> collect(each, sensitive, found));
        } else if (value instanceof Map<?, ?> map) {
            collect(List.copyOf(map.keySet()), sensitive, found);
            collect(List.copyOf(map.values()), sensitive, found);
        } else if (sensitive && !String.valueOf(value).isBlank()) {
            found.add(String.valueOf(value));
        }
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
