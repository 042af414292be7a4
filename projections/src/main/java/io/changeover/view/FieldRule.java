package io.changeover.view;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When two values of one field of a canonical record are equal. */
final class FieldRule {

    private static final Set<ColumnType> NUMBERS =
            Set.of(ColumnType.INTEGER, ColumnType.BIGINT, ColumnType.DOUBLE, ColumnType.NUMERIC);

    private final String field;
    private final @Nullable String notCompared;
    private final List<Normaliser> normalisers;
    private final @Nullable BigDecimal absolute;
    private final @Nullable BigDecimal relative;
    private final @Nullable Duration within;
    private final boolean unordered;
    private final boolean exactInSql;
    private final List<String> words;

    private FieldRule(RecordComponent component, Column column, List<String> problems) {
        this.field = column.component();
        this.words = new ArrayList<>();
        NotCompared left = component.getAnnotation(NotCompared.class);
        this.notCompared = left == null ? null : left.value();
        Tolerance tolerance = component.getAnnotation(Tolerance.class);
        Normalised normalised = component.getAnnotation(Normalised.class);
        Unordered anyOrder = component.getAnnotation(Unordered.class);
        this.unordered = anyOrder != null;
        this.absolute = tolerance == null || column.type() == ColumnType.TIMESTAMP
                ? null
                : number(tolerance.absolute(), "absolute", problems);
        this.relative = tolerance == null ? null : number(tolerance.relative(), "relative", problems);
        this.within = tolerance == null || column.type() != ColumnType.TIMESTAMP
                ? null
                : duration(tolerance.absolute(), problems);
        this.normalisers = normalised == null ? List.of() : normalisers(normalised, column, problems);
        // A floating point number becomes a decimal one with fewer digits there than in Java.
        this.exactInSql =
                column.type() != ColumnType.DOUBLE && normalisers.isEmpty() && (absolute != null || relative != null);
        if (column.key() && (left != null || tolerance != null || normalised != null || unordered)) {
            problem(problems, "is part of the key, which is compared as it is; remove the rule");
        }
        if (left != null) {
            describe("is not compared", left.value());
            if (left.value().isBlank()) {
                problem(problems, "is @NotCompared without a reason; say why a difference means nothing");
            }
        }
        if (tolerance != null) {
            checkTolerance(tolerance, column, problems);
        }
        if (anyOrder != null) {
            describe("is compared without regard to order", anyOrder.reason());
            if (column.type() != ColumnType.JSON) {
                problem(problems, "is @Unordered but no collection; remove the annotation");
            }
        }
    }

    static FieldRule of(RecordComponent component, Column column, List<String> problems) {
        return new FieldRule(component, column, problems);
    }

    private void checkTolerance(Tolerance tolerance, Column column, List<String> problems) {
        boolean instant = column.type() == ColumnType.TIMESTAMP;
        if (!instant && !NUMBERS.contains(column.type())) {
            problem(problems, "has a @Tolerance but is neither a number nor an instant; remove the annotation");
        }
        if (tolerance.absolute().isBlank() && (instant || tolerance.relative().isBlank())) {
            problem(problems, "has a @Tolerance without a bound; give one, or remove the annotation");
        }
        if (instant && !tolerance.relative().isBlank()) {
            problem(problems, "has a relative @Tolerance but is an instant; give an absolute one such as PT1S");
        }
        String bounds = Arrays.asList(
                        tolerance.absolute().isBlank() ? "" : tolerance.absolute(),
                        tolerance.relative().isBlank()
                                ? ""
                                : tolerance.relative() + " of the value that is farther from zero")
                .stream()
                .filter(bound -> !bound.isEmpty())
                .collect(Collectors.joining(" or "));
        describe("is equal within " + bounds, tolerance.reason());
    }

    private List<Normaliser> normalisers(Normalised normalised, Column column, List<String> problems) {
        List<Normaliser> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Normalisation known : normalised.value()) {
            if (!known.fits(column.javaClass())) {
                problem(problems, "is normalised as %s, which does not fit its type; remove that".formatted(known));
            }
            all.add(known);
            names.add(known.words());
        }
        for (Class<? extends Normaliser> own : normalised.by()) {
            try {
                var constructor = own.getDeclaredConstructor();
                constructor.setAccessible(true);
                all.add(constructor.newInstance());
                names.add("by " + own.getSimpleName());
            } catch (ReflectiveOperationException e) {
                problem(
                        problems,
                        "is normalised by '%s', which has no constructor without parameters that works; give it one"
                                .formatted(own.getName()));
            }
        }
        if (all.isEmpty()) {
            problem(problems, "is @Normalised in no way; name one, or remove the annotation");
        }
        describe("is compared " + String.join(", ", names), normalised.reason());
        return all;
    }

    private @Nullable BigDecimal number(String text, String name, List<String> problems) {
        if (text.isBlank()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            if (number.signum() >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problem(
                problems,
                "has %s tolerance '%s' but it must be a number that is not negative; correct it".formatted(name, text));
        return null;
    }

    private @Nullable Duration duration(String text, List<String> problems) {
        if (text.isBlank()) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // told below
        }
        problem(
                problems,
                "has absolute tolerance '%s' but it must be a duration such as PT1S; correct it".formatted(text));
        return null;
    }

    private void problem(List<String> problems, String text) {
        problems.add("component '%s' of the canonical record %s".formatted(field, text));
    }

    private void describe(String what, String why) {
        words.add(why.isBlank() ? "%s %s".formatted(field, what) : "%s %s: %s".formatted(field, what, why));
    }

    boolean compares() {
        return notCompared == null;
    }

    List<String> words() {
        return words;
    }

    boolean same(@Nullable Object left, @Nullable Object right) {
        if (notCompared != null) {
            return true;
        }
        Object a = left;
        Object b = right;
        for (Normaliser normaliser : normalisers) {
            a = normaliser.normalise(a);
            b = normaliser.normalise(b);
        }
        if (Values.equal(a, b)) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (unordered) {
            return sameElements(Values.elements(a), Values.elements(b));
        }
        return close(a, b);
    }

    private boolean close(Object a, Object b) {
        if (within != null) {
            return Duration.between((Instant) a, (Instant) b).abs().compareTo(within) <= 0;
        }
        if (absolute == null && relative == null) {
            return false;
        }
        Optional<BigDecimal> left = Values.number(a);
        Optional<BigDecimal> right = Values.number(b);
        if (left.isEmpty() || right.isEmpty()) {
            return false; // not a number, or infinite
        }
        BigDecimal distance = left.get().subtract(right.get()).abs();
        return (absolute != null && distance.compareTo(absolute) <= 0)
                || (relative != null
                        && distance.compareTo(relative.multiply(
                                        left.get().abs().max(right.get().abs())))
                                <= 0);
    }

    private static boolean sameElements(@Nullable Collection<?> left, @Nullable Collection<?> right) {
        if (left == null || right == null || left.size() != right.size()) {
            return false;
        }
        List<Object> rest = new ArrayList<>(right);
        for (Object element : left) {
            int at = 0;
            while (at < rest.size() && !Values.equal(element, rest.get(at))) {
                at++;
            }
            if (at == rest.size()) {
                return false;
            }
            rest.remove(at);
        }
        return true;
    }

    /** Whether two expressions are within the tolerance; null in SQL where one of them is. */
    @Nullable
    String closeInSql(String left, String right) {
        if (!exactInSql) {
            return null; // then the values as they are decide, which is the stricter way
        }
        List<String> ways = new ArrayList<>();
        String distance = "abs((%s)::numeric - (%s)::numeric)".formatted(left, right);
        if (absolute != null) {
            ways.add("%s <= %s".formatted(distance, absolute.toPlainString()));
        }
        if (relative != null) {
            ways.add("%s <= %s * greatest(abs((%s)::numeric), abs((%s)::numeric))"
                    .formatted(distance, relative.toPlainString(), left, right));
        }
        return String.join(" or ", ways);
    }
}
