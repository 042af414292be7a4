package io.changeover.view;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A record class seen as the columns of a table. Immutable and safe for use by several threads. */
public final class RowShape {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Set<String> PROVENANCE = Set.of("_position", "_event_id");

    private final Class<?> type;
    private final List<Column> columns;
    private final List<Column> keys;
    private final List<Function<Object, @Nullable Object>> accessors;
    private final int[] references;
    private final int[] keyIndexes;
    private final MethodHandle constructor;

    private RowShape(
            Class<?> type,
            List<Column> columns,
            List<Function<Object, @Nullable Object>> accessors,
            MethodHandle constructor) {
        this.type = type;
        this.columns = List.copyOf(columns);
        this.keys = columns.stream().filter(Column::key).toList();
        this.accessors = List.copyOf(accessors);
        this.references = IntStream.range(0, columns.size())
                .filter(index -> !columns.get(index).javaClass().isPrimitive())
                .toArray();
        this.keyIndexes = IntStream.range(0, columns.size())
                .filter(index -> columns.get(index).key())
                .toArray();
        this.constructor = constructor;
    }

    static RowShape of(Class<?> type, List<String> problems) {
        List<Column> columns = new ArrayList<>();
        List<Function<Object, @Nullable Object>> accessors = new ArrayList<>();
        Set<String> taken = new HashSet<>(PROVENANCE);
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            ColumnType columnType = ColumnType.of(component.getType());
            boolean key = component.isAnnotationPresent(Key.class);
            if (key && !columnType.fitsKey()) {
                problems.add(
                        "key component '%s' of record '%s' has type '%s' but a key must be a String, int, long or UUID; map it to one"
                                .formatted(
                                        component.getName(),
                                        type.getSimpleName(),
                                        component.getType().getSimpleName()));
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (key && nullable) {
                problems.add("key component '%s' of record '%s' must not be @Nullable; remove the annotation"
                        .formatted(component.getName(), type.getSimpleName()));
            }
            String name = snakeCase(component.getName());
            if (!taken.add(name)) {
                problems.add(
                        "component '%s' of record '%s' would be stored in column '%s', which another component or the provenance has; rename it"
                                .formatted(component.getName(), type.getSimpleName(), name));
            }
            columns.add(new Column(
                    name,
                    component.getName(),
                    columnType,
                    component.getGenericType(),
                    nullable,
                    key,
                    component.isAnnotationPresent(Indexed.class),
                    SensitiveComponents.isSensitive(component)));
            accessors.add(Accessors.of(component));
        }
        if (columns.stream().noneMatch(Column::key)) {
            problems.add("record '%s' has no @Key component but a row needs a key; annotate one"
                    .formatted(type.getSimpleName()));
        }
        return new RowShape(type, columns, accessors, constructor(type, components));
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return LOOKUP.unreflectConstructor(constructor)
                    .asType(MethodType.genericMethodType(components.length))
                    .asSpreader(Object[].class, components.length);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record class. */
    public Class<?> type() {
        return type;
    }

    /** All columns in the order of the record's components. */
    public List<Column> columns() {
        return columns;
    }

    /** The key columns in order; never empty. */
    public List<Column> keys() {
        return keys;
    }

    /** The value of the component at the index, or null. */
    public @Nullable Object value(Object row, int index) {
        return accessors.get(index).apply(row);
    }

    /** The key of the row. */
    public RowKey key(Object row) {
        Object[] parts = new Object[keyIndexes.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Objects.requireNonNull(value(row, keyIndexes[i]));
        }
        return RowKey.of(parts);
    }

    /** Whether the row has the key. */
    boolean hasKey(Object row, RowKey key) {
        for (int i = 0; i < keyIndexes.length; i++) {
            if (!key.part(i).equals(value(row, keyIndexes[i]))) {
                return false;
            }
        }
        return key.size() == keyIndexes.length;
    }

    /** Whether the two rows have one key. */
    boolean haveSameKey(Object row, Object other) {
        for (int index : keyIndexes) {
            if (!Objects.equals(value(row, index), value(other, index))) {
                return false;
            }
        }
        return true;
    }

    /** A row of the given values, in the order of the columns. */
    public Object row(@Nullable Object[] values) {
        try {
            return constructor.invoke(values);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /**
     * The row as the database would return it, so that a row folded on in memory and one read back are the same.
     *
     * @throws IllegalArgumentException when the row cannot be stored: null in a component that is not nullable, or a
     *     text that PostgreSQL has no place for
     */
    public Object normalised(Object row) {
        @Nullable Object[] values = null;
        for (int i : references) {
            Object value = value(row, i);
            Column column = columns.get(i);
            if (value == null) {
                if (!column.nullable()) {
                    throw new IllegalArgumentException(
                            "component '%s' of the row is null but not @Nullable; give it a value or annotate it"
                                    .formatted(column.component()));
                }
            } else {
                if (value instanceof String text) {
                    requireStorable(text, column);
                }
                Object normalised = normalisedValue(value);
                if (normalised != value) {
                    if (values == null) {
                        values = values(row);
                    }
                    values[i] = normalised;
                }
            }
        }
        return values == null ? row : row(values);
    }

    private static Object normalisedValue(Object value) {
        if (value instanceof Instant instant && instant.getNano() % 1000 != 0) {
            return instant.truncatedTo(ChronoUnit.MICROS);
        }
        return value instanceof BigDecimal decimal && decimal.scale() < 0 ? decimal.setScale(0) : value;
    }

    private static void requireStorable(String text, Column column) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(
                        "component '%s' of the row contains the character U+0000, which PostgreSQL cannot store; remove it in the fold"
                                .formatted(column.component()));
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    // The driver would write a question mark in its place and tell nobody.
                    throw new IllegalArgumentException(
                            "component '%s' of the row contains half of a surrogate pair, which PostgreSQL cannot store; remove it in the fold"
                                    .formatted(column.component()));
                }
                i++;
            }
        }
    }

    /** The values of the row in the order of the columns. */
    public @Nullable Object[] values(Object row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i);
        }
        return values;
    }

    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static RuntimeException rethrow(Throwable e) {
        if (e instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
