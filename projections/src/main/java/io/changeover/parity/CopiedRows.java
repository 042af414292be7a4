package io.changeover.parity;

import io.changeover.view.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.ByteConverter;
import tools.jackson.databind.ObjectMapper;

/**
 * The result of a query, streamed by binary COPY (documentation of COPY, "Binary Format"; of the types, their send
 * functions). Not by a cursor, since PostgreSQL runs no query in parallel whose result is fetched in portions. Not safe
 * for use by several threads.
 */
final class CopiedRows implements AutoCloseable {

    private static final String CANCELLED = "57014";
    private static final int SIGNATURE = 11;
    private static final long EPOCH_SECONDS = 946_684_800;
    private static final long EPOCH_DAYS = 10_957;
    private static final long MICROS = 1_000_000;

    private final PGConnection connection;
    private final CopyOut copy;
    private final ObjectMapper json;
    private boolean begun;
    private byte[] data = {};
    private int at;

    /** Starts the query, which must be without parameters. */
    CopiedRows(Connection connection, String query, ObjectMapper json) throws SQLException {
        this.connection = connection.unwrap(PGConnection.class);
        this.json = json;
        this.copy = this.connection.getCopyAPI().copyOut("copy (%s) to stdout (format binary)".formatted(query));
    }

    /** Moves to the next row, whose values are then to be read in the order of the query; false at the end. */
    boolean next() throws SQLException {
        while (true) {
            if (at >= data.length) {
                byte[] message = copy.readFromCopy();
                if (message == null) {
                    return false;
                }
                data = message;
                at = 0;
                if (!begun) {
                    begun = true;
                    at = SIGNATURE + 4;
                    int extension = length();
                    at += extension;
                }
                continue;
            }
            int fields = ByteConverter.int2(data, at);
            at += 2;
            if (fields >= 0) {
                return true;
            }
        }
    }

    /** Reads the next values of the row, one for each column. */
    @Nullable
    Object[] values(List<Column> columns) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i));
        }
        return values;
    }

    private @Nullable Object value(Column column) throws SQLException {
        int length = length();
        if (length < 0) {
            return null;
        }
        int from = at;
        at += length;
        return switch (column.type()) {
            case TEXT -> text(from, length);
            case ENUM -> constant(text(from, length), column);
            case INTEGER -> ByteConverter.int4(data, from);
            case BIGINT -> ByteConverter.int8(data, from);
            case BOOLEAN -> data[from] != 0;
            case DOUBLE -> ByteConverter.float8(data, from);
            case NUMERIC -> decimal(ByteConverter.numeric(data, from, length), column);
            case TIMESTAMP -> instant(ByteConverter.int8(data, from));
            case DATE -> date(ByteConverter.int4(data, from));
            case UUID -> new UUID(ByteConverter.int8(data, from), ByteConverter.int8(data, from + Long.BYTES));
            case JSON -> document(from + 1, length - 1, column); // after the version of the format
        };
    }

    private int length() {
        int value = ByteConverter.int4(data, at);
        at += 4;
        return value;
    }

    private String text(int from, int length) {
        return new String(data, from, length, StandardCharsets.UTF_8);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the column's type is an enum, checked when the shape was made
    private static Object constant(String name, Column column) {
        return Enum.valueOf((Class) column.javaType(), name);
    }

    private static Object decimal(Number number, Column column) throws SQLException {
        if (number instanceof BigDecimal) {
            return number;
        }
        throw new SQLException("column '%s' is %s, which no decimal number in Java is; correct the row"
                .formatted(column.name(), number));
    }

    /** The outermost values are infinity, which the driver takes for the outermost times. */
    private static Instant instant(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return (micros > 0 ? OffsetDateTime.MAX : OffsetDateTime.MIN).toInstant();
        }
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    private static LocalDate date(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return days > 0 ? LocalDate.MAX : LocalDate.MIN;
        }
        return LocalDate.ofEpochDay(EPOCH_DAYS + days);
    }

    private Object document(int from, int length, Column column) {
        return Objects.requireNonNull(
                json.readValue(data, from, length, json.getTypeFactory().constructType(column.javaType())));
    }

    /** Ends the query, read to its end or not. */
    @Override
    public void close() throws SQLException {
        if (!copy.isActive()) {
            return;
        }
        // The driver's own way to cancel a COPY trips over data that is under way, so that is read to its end.
        connection.cancelQuery();
        try {
            while (copy.readFromCopy() != null) {
                // what the server had sent before it heard of it
            }
        } catch (SQLException e) {
            if (!CANCELLED.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
