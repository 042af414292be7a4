package io.changeover.sensitive;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sensitive values that events and rows hold, so that they can be taken out of what failures say. A value is found
 * where it stands as it is; one that a failure has changed, as by cutting it, is not. Immutable.
 */
public final class SensitiveValues {

    /** What stands in place of a value. */
    public static final String MASK = "***";

    /** Shorter ones are only found as words, or half of a text would go with them. */
    private static final int SHORT = 3;

    /** The longest first, so that a part of a value does not leave the rest of it behind. */
    private final NavigableSet<String> values =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private SensitiveValues() {}

    /**
     * Those of records, of what they hold, and of collections and maps of such; other objects hold none.
     *
     * @param holders events or rows, or null for one that is not there
     */
    public static SensitiveValues of(Collection<? extends @Nullable Object> holders) {
        SensitiveValues found = new SensitiveValues();
        holders.forEach(holder -> found.collect(holder, false));
        return found;
    }

    /** These values, blank ones left out. */
    public static SensitiveValues ofTexts(Collection<String> texts) {
        SensitiveValues found = new SensitiveValues();
        texts.stream().filter(text -> !text.isBlank()).forEach(found.values::add);
        return found;
    }

    /** Whether an object of the class can hold a sensitive value, however deep. */
    public static boolean mayBeIn(Class<?> type) {
        return mayBeIn(type, new HashSet<>());
    }

    private static boolean mayBeIn(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(each -> mayBeIn(each, seen));
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        if (plain.isArray()) {
            return mayBeIn(plain.getComponentType(), seen);
        }
        return plain.isRecord()
                && Arrays.stream(plain.getRecordComponents())
                        .anyMatch(component -> component.isAnnotationPresent(Sensitive.class)
                                || mayBeIn(component.getGenericType(), seen));
    }

    private void collect(@Nullable Object value, boolean sensitive) {
        if (value == null) {
            return;
        }
        if (value.getClass().isRecord()) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                collect(read(component, value), sensitive || component.isAnnotationPresent(Sensitive.class));
            }
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> collect(each, sensitive));
        } else if (value instanceof Map<?, ?> map) {
            collect(List.copyOf(map.keySet()), sensitive);
            collect(List.copyOf(map.values()), sensitive);
        } else if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(each -> collect(each, sensitive));
        } else if (value instanceof Object[] array) {
            collect(Arrays.asList(array), sensitive);
        } else if (sensitive && !String.valueOf(value).isBlank()) {
            values.add(String.valueOf(value));
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

    /** The text with {@link #MASK} in place of each value. */
    public String without(String text) {
        String rest = text;
        for (String value : values) {
            rest = value.length() < SHORT
                    ? rest.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])", MASK)
                    : rest.replace(value, MASK);
        }
        return rest;
    }

    /**
     * A failure to be logged in place of another: with its stack trace and causes, each named by its class, and without the
     * values in their messages.
     */
    public Throwable without(Throwable failure) {
        return values.isEmpty() ? failure : MaskedFailure.of(failure, this);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
