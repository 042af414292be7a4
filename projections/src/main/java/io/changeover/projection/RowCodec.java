package io.changeover.projection;

import io.changeover.view.Column;
import io.changeover.view.RowShape;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;

/** Carries rows between records and PostgreSQL. Safe for use by several threads. */
public final class RowCodec {

    private final RowShape shape;
    private final ObjectMapper json;

    /** A codec for rows of the shape; the mapper writes and reads JSON columns. */
    public RowCodec(RowShape shape, ObjectMapper json) {
        this.shape = shape;
        this.json = json;
    }

    /**
     * Reads the record from the current row of a result that has the columns of the shape under their names.
     *
     * @throws SQLException when a column is missing or of another type, or is null but its component is not nullable
     */
    public Object read(ResultSet result) throws SQLException {
        return read(
                result, index -> result.findColumn(shape.columns().get(index).name()));
    }

    /**
     * As {@link #read(ResultSet)}, where the columns of the shape stand one after another, whatever their names.
     *
     * @param first number of the first of them, from 1
     */
    public Object read(ResultSet result, int first) throws SQLException {
        return read(result, index -> first + index);
    }

    private interface Place {
        int of(int index) throws SQLException;
    }

    private Object read(ResultSet result, Place place) throws SQLException {
        List<Column> columns = shape.columns();
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            values[i] = value(result, column, place.of(i));
            if (values[i] == null && !column.nullable()) {
                throw new SQLException(
                        "column '%s' is null but component '%s' is not @Nullable; correct the query or annotate it"
                                .formatted(column.name(), column.component()));
            }
        }
        return shape.row(values);
    }

    private @Nullable Object value(ResultSet result, Column column, int at) throws SQLException {
        return switch (column.type()) {
            case TEXT -> result.getString(at);
            case INTEGER -> nullable(result, result.getInt(at));
            case BIGINT -> nullable(result, result.getLong(at));
            case BOOLEAN -> nullable(result, result.getBoolean(at));
            case DOUBLE -> nullable(result, result.getDouble(at));
            case NUMERIC -> result.getBigDecimal(at);
            case TIMESTAMP -> {
                OffsetDateTime time = result.getObject(at, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case DATE -> result.getObject(at, LocalDate.class);
            case UUID -> result.getObject(at, UUID.class);
            case ENUM -> enumConstant(result.getString(at), column);
            case JSON -> fromJson(result.getString(at), column);
        };
    }

    private static @Nullable Object nullable(ResultSet result, Object value) throws SQLException {
        return result.wasNull() ? null : value;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the column's type is an enum, checked when the shape was made
    private static @Nullable Object enumConstant(@Nullable String name, Column column) {
        return name == null ? null : Enum.valueOf((Class) column.javaType(), name);
    }

    private @Nullable Object fromJson(@Nullable String text, Column column) {
        if (text == null) {
            return null;
        }
        JavaType type = json.getTypeFactory().constructType(column.javaType());
        return json.readValue(text, type);
    }

    /** The value of a column in the form in which PostgreSQL reads it from text, or null. */
    @Nullable
    String text(int column, Object row) {
        Object value = shape.value(row, column);
        return value == null ? null : text(shape.columns().get(column), value);
    }

    private String text(Column column, Object value) {
        return switch (column.type()) {
            case ENUM -> ((Enum<?>) value).name();
            case JSON -> json.writeValueAsString(value);
            case NUMERIC -> ((BigDecimal) value).toPlainString();
            case TIMESTAMP -> timestamp((Instant) value);
            case DATE -> date((LocalDate) value);
            default -> Objects.toString(value);
        };
    }

    private static String timestamp(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return isPlain(time.getYear())
                ? instant.toString()
                : "%s %s+00%s".formatted(day(time.toLocalDate()), time.toLocalTime(), era(time.getYear()));
    }

    private static String date(LocalDate date) {
        return isPlain(date.getYear()) ? date.toString() : day(date) + era(date.getYear());
    }

    /** Java writes a sign before years of more than four digits and numbers those before Christ; PostgreSQL does neither. */
    private static boolean isPlain(int year) {
        return year > 0 && year <= 9_999;
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(int year) {
        return year > 0 ? "" : " BC";
    }
}
