package io.changeover.rebuild;

import io.changeover.view.Column;
import io.changeover.view.ColumnType;
import io.changeover.view.RowShape;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One condition on the rows of a version.
 *
 * @param column the column that is compared
 * @param operator one of {@code = != < <= > >=}
 * @param value value of the column's type, as the driver takes it
 */
record RowFilter(Column column, String operator, Object value) {

    private static final Pattern TEXT = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*(!=|<=|>=|=|<|>)(.*)", Pattern.DOTALL);

    /**
     * Reads a condition such as {@code status=SHIPPED}.
     *
     * @throws RebuildRefusedException when it has another form, names no column, or its value does not fit the column
     */
    static RowFilter parse(String text, RowShape shape) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused(
                    "Filter '%s' must be a column, one of = != < <= > >= and a value, such as status=SHIPPED; correct it"
                            .formatted(text));
        }
        String name = matcher.group(1);
        Column column = shape.columns().stream()
                .filter(each -> each.name().equals(name) || each.component().equals(name))
                .findFirst()
                .orElseThrow(() -> refused("Filter '%s' names '%s' but the columns are %s; name one of these"
                        .formatted(
                                text,
                                name,
                                shape.columns().stream().map(Column::component).collect(Collectors.joining(", ")))));
        if (column.type() == ColumnType.JSON) {
            throw refused(
                    "Filter '%s' names '%s', which is stored as JSON and cannot be compared with a value; name another column"
                            .formatted(text, name));
        }
        return new RowFilter(
                column, matcher.group(2), value(text, column, matcher.group(3).strip()));
    }

    private static Object value(String filter, Column column, String text) {
        try {
            return switch (column.type()) {
                case TEXT, JSON -> text;
                case INTEGER -> Integer.valueOf(text);
                case BIGINT -> Long.valueOf(text);
                case BOOLEAN -> bool(text);
                case DOUBLE -> Double.valueOf(text);
                case NUMERIC -> new BigDecimal(text);
                case TIMESTAMP -> Instant.parse(text).atOffset(ZoneOffset.UTC);
                case DATE -> LocalDate.parse(text);
                case UUID -> UUID.fromString(text);
                case ENUM -> constant(column, text);
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw refused("Filter '%s' compares '%s' with '%s' but must with %s; correct the value"
                    .formatted(filter, column.component(), text, expected(column)));
        }
    }

    private static Boolean bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static String constant(Column column, String text) {
        if (Arrays.stream(constants(column))
                .anyMatch(constant -> constant.name().equals(text))) {
            return text;
        }
        throw new IllegalArgumentException(text);
    }

    private static Enum<?>[] constants(Column column) {
        return (Enum<?>[]) ((Class<?>) column.javaType()).getEnumConstants();
    }

    private static String expected(Column column) {
        return switch (column.type()) {
            case TEXT, JSON -> "a text";
            case INTEGER -> "a whole number of 32 bits";
            case BIGINT -> "a whole number of 64 bits";
            case BOOLEAN -> "true or false";
            case DOUBLE, NUMERIC -> "a number such as 12.50";
            case TIMESTAMP -> "a time such as 2004-01-01T00:00:00Z";
            case DATE -> "a date such as 2004-01-01";
            case UUID -> "a UUID";
            case ENUM ->
                "one of " + Arrays.stream(constants(column)).map(Enum::name).collect(Collectors.joining(", "));
        };
    }

    /** The condition with one parameter. Column names hold letters, digits and underscores only. */
    String sql() {
        return "\"%s\" %s cast(? as %s)"
                .formatted(
                        column.name(),
                        operator.equals("!=") ? "<>" : operator,
                        column.type().sql());
    }

    private static RebuildRefusedException refused(String message) {
        return new RebuildRefusedException("invalid-filter", message);
    }
}
