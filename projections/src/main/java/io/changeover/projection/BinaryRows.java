package io.changeover.projection;

import io.changeover.view.Column;
import io.changeover.view.RowShape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;
import tools.jackson.databind.ObjectMapper;

/**
 * Writes rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"; of the types, their receive
 * functions): nothing is turned into text here and parsed again there. One COPY for each instance; not safe for use by
 * several threads.
 */
final class BinaryRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
    private static final int FLUSH_AT = 1 << 16;
    private static final byte JSONB_FORMAT = 1;
    private static final String OUT_OF_RANGE = "22008";

    /** Microseconds and days of 2000-01-01, from which PostgreSQL counts. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private static final long EPOCH_DAYS = 10_957;

    private final RowShape shape;
    private final ObjectMapper json;
    private byte[] buffer = new byte[FLUSH_AT + (FLUSH_AT >> 1)];
    private int size;
    private long flushed;

    BinaryRows(RowShape shape, ObjectMapper json) {
        this.shape = shape;
        this.json = json;
        System.arraycopy(SIGNATURE, 0, buffer, 0, SIGNATURE.length);
        size = SIGNATURE.length + 8; // no flags, no extension
    }

    /** Bytes written so far. */
    long bytes() {
        return flushed + size;
    }

    /** Appends the row, to the buffer only. */
    void append(StoredRow stored) throws SQLException {
        List<Column> columns = shape.columns();
        ensure(2);
        ByteConverter.int2(buffer, size, columns.size() + 2);
        size += 2;
        Object row = stored.row();
        for (int i = 0; i < columns.size(); i++) {
            Object value = shape.value(row, i);
            if (value == null) {
                integer(-1);
            } else {
                append(columns.get(i), value);
            }
        }
        number(stored.position());
        text(stored.eventId());
    }

    /** Sends what is in the buffer, once there is enough of it. */
    void flush(CopyIn copy) throws SQLException {
        if (size >= FLUSH_AT) {
            send(copy);
        }
    }

    /** Sends the rest and the end of the data. */
    void finish(CopyIn copy) throws SQLException {
        ensure(2);
        ByteConverter.int2(buffer, size, -1);
        size += 2;
        send(copy);
    }

    private void send(CopyIn copy) throws SQLException {
        copy.writeToCopy(buffer, 0, size);
        flushed += size;
        size = 0;
    }

    private void append(Column column, Object value) throws SQLException {
        switch (column.type()) {
            case TEXT -> text((String) value);
            case ENUM -> text(((Enum<?>) value).name());
            case INTEGER -> {
                integer(4);
                integer((Integer) value);
            }
            case BIGINT -> number((Long) value);
            case BOOLEAN -> {
                integer(1);
                ensure(1);
                buffer[size++] = (byte) ((Boolean) value ? 1 : 0);
            }
            case DOUBLE -> number(Double.doubleToRawLongBits((Double) value));
            case NUMERIC -> bytes(ByteConverter.numeric((BigDecimal) value));
            case TIMESTAMP -> number(microseconds((Instant) value));
            case DATE -> {
                integer(4);
                integer(days((LocalDate) value));
            }
            case UUID -> {
                integer(16);
                plainNumber(((UUID) value).getMostSignificantBits());
                plainNumber(((UUID) value).getLeastSignificantBits());
            }
            case JSON -> {
                byte[] document = json.writeValueAsBytes(value);
                integer(document.length + 1);
                ensure(document.length + 1);
                buffer[size++] = JSONB_FORMAT;
                System.arraycopy(document, 0, buffer, size, document.length);
                size += document.length;
            }
        }
    }

    /** The outermost values stand for infinity there, so what does not fit is refused here. */
    private static long microseconds(Instant instant) throws SQLException {
        try {
            long whole = Math.multiplyExact(Math.subtractExact(instant.getEpochSecond(), EPOCH_SECONDS), 1_000_000L);
            long micros = Math.addExact(whole, instant.get(ChronoField.MICRO_OF_SECOND));
            if (micros != Long.MIN_VALUE && micros != Long.MAX_VALUE) {
                return micros;
            }
        } catch (ArithmeticException | DateTimeException e) {
            throw outOfRange(instant, e);
        }
        throw outOfRange(instant, null);
    }

    private static int days(LocalDate date) throws SQLException {
        long days = date.toEpochDay() - EPOCH_DAYS;
        if (days <= Integer.MIN_VALUE || days >= Integer.MAX_VALUE) {
            throw outOfRange(date, null);
        }
        return (int) days;
    }

    private static SQLException outOfRange(Object value, @Nullable Exception cause) {
        return new SQLException(
                "%s lies outside of the times that PostgreSQL can store".formatted(value), OUT_OF_RANGE, cause);
    }

    private void text(String text) {
        int length = text.length();
        ensure(4 + length);
        int start = size + 4;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[start + i] = (byte) c;
        }
        ByteConverter.int4(buffer, size, length);
        size = start + length;
    }

    private void bytes(byte[] bytes) {
        integer(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void number(long value) {
        integer(8);
        plainNumber(value);
    }

    private void plainNumber(long value) {
        ensure(8);
        ByteConverter.int8(buffer, size, value);
        size += 8;
    }

    private void integer(int value) {
        ensure(4);
        ByteConverter.int4(buffer, size, value);
        size += 4;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
        }
    }
}
