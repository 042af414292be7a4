package io.changeover.view;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Equality by what values mean, the same that PostgreSQL's {@code =} has: numbers by value (1.0 and 1.00 are one amount,
 * zero has no sign), records, lists, maps and arrays by content.
 */
final class Values {

    private static final ClassValue<List<Function<Object, @Nullable Object>>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Function<Object, @Nullable Object>> computeValue(Class<?> type) {
            List<Function<Object, @Nullable Object>> accessors = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                accessors.add(Accessors.of(component));
            }
            return List.copyOf(accessors);
        }
    };

    private Values() {}

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Number left && b instanceof Number right) {
            return equalNumbers(left, right);
        }
        if (a instanceof String || a instanceof Enum) {
            return a.equals(b);
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.size() == right.size()
                    && left.entrySet().stream()
                            .allMatch(entry -> right.containsKey(entry.getKey())
                                    && equal(entry.getValue(), right.get(entry.getKey())));
        }
        if (a instanceof Set && b instanceof Set) {
            return a.equals(b);
        }
        Collection<?> left = elements(a);
        Collection<?> right = elements(b);
        if (left != null && right != null) {
            return equalInOrder(left, right);
        }
        if (a instanceof Record && a.getClass() == b.getClass()) {
            return ACCESSORS.get(a.getClass()).stream()
                    .allMatch(accessor -> equal(accessor.apply(a), accessor.apply(b)));
        }
        return Objects.equals(a, b);
    }

    private static boolean equalNumbers(Number left, Number right) {
        if (left instanceof Long || left instanceof Integer) {
            if (right instanceof Long || right instanceof Integer) {
                return left.longValue() == right.longValue();
            }
        }
        Optional<BigDecimal> a = number(left);
        Optional<BigDecimal> b = number(right);
        if (a.isPresent() && b.isPresent()) {
            return a.get().compareTo(b.get()) == 0;
        }
        return a.isEmpty() && b.isEmpty() && Double.compare(left.doubleValue(), right.doubleValue()) == 0;
    }

    private static boolean equalInOrder(Collection<?> left, Collection<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!equal(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    /** The elements of a collection or an array, or null for anything else. */
    static @Nullable Collection<?> elements(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        if (!value.getClass().isArray()) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(Array.get(value, i));
        }
        return elements;
    }

    /** The exact value of a finite number; empty for anything else. */
    static Optional<BigDecimal> number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
        }
        if (value instanceof BigInteger integer) {
            return Optional.of(new BigDecimal(integer));
        }
        return value instanceof Number integral
                ? Optional.of(BigDecimal.valueOf(integral.longValue()))
                : Optional.empty();
    }
}
