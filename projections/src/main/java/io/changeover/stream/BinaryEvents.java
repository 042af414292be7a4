package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.axonframework.common.DateTimeUtils;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;

/**
 * Decodes events from PostgreSQL's binary COPY format: a signature, flags and an extension once; then for each row the
 * number of its fields and for each field its length, or -1 for null, and its bytes; -1 fields at the end (documentation
 * of COPY, "Binary Format"). Not safe for use by several threads.
 */
final class BinaryEvents {

    private static final int SIGNATURE = 11;
    private static final int WORDS = 256;

    private final byte[][] wordBytes = new byte[WORDS][0];
    private final String[] words = new String[WORDS];
    private boolean begun;
    private byte[] data = {};
    private int at;

    /** The columns in the order in which they are decoded. */
    static List<String> columns(EventTable.Columns columns) {
        return List.of(
                columns.position(),
                columns.eventId(),
                columns.aggregateType(),
                columns.aggregateId(),
                columns.sequence(),
                columns.name(),
                columns.revision(),
                columns.payload(),
                columns.metadata(),
                columns.time());
    }

    void decode(byte[] message, Consumer<StoredEvent> sink) {
        data = message;
        at = 0;
        if (!begun) {
            begun = true;
            at = SIGNATURE + 4;
            int extension = integer();
            at += extension;
        }
        while (at < data.length) {
            int fields = ByteConverter.int2(data, at);
            at += 2;
            if (fields >= 0) {
                sink.accept(event());
            }
        }
    }

    private StoredEvent event() {
        long position = number();
        String eventId = required(text());
        String aggregateType = word();
        String aggregateId = required(text());
        long sequence = number();
        String name = required(word());
        String revision = word();
        byte[] payload = Objects.requireNonNull(bytes());
        byte[] metadata = bytes();
        return new StoredEvent(
                position,
                eventId,
                aggregateType,
                aggregateId,
                sequence,
                name,
                revision,
                payload,
                metadata == null ? EventRows.NO_METADATA : metadata,
                time());
    }

    private static String required(@Nullable String text) {
        return Objects.requireNonNull(text, "the column is declared not null");
    }

    private int integer() {
        int value = ByteConverter.int4(data, at);
        at += 4;
        return value;
    }

    private long number() {
        int length = integer();
        long value = length == 4 ? ByteConverter.int4(data, at) : ByteConverter.int8(data, at);
        at += length;
        return value;
    }

    private byte @Nullable [] bytes() {
        int length = integer();
        if (length < 0) {
            return null;
        }
        byte[] value = Arrays.copyOfRange(data, at, at + length);
        at += length;
        return value;
    }

    private @Nullable String text() {
        int length = integer();
        if (length < 0) {
            return null;
        }
        String value = new String(data, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    /** A text of which there are few different ones: each is made once. */
    private @Nullable String word() {
        int length = integer();
        if (length < 0) {
            return null;
        }
        int hash = length;
        for (int i = at; i < at + length; i++) {
            hash = 31 * hash + data[i];
        }
        int slot = (hash ^ (hash >>> 16)) & (WORDS - 1);
        byte[] known = wordBytes[slot];
        if (length == 0) {
            return "";
        }
        if (!Arrays.equals(known, 0, known.length, data, at, at + length)) {
            wordBytes[slot] = Arrays.copyOfRange(data, at, at + length);
            words[slot] = new String(data, at, length, StandardCharsets.UTF_8);
        }
        at += length;
        return words[slot];
    }

    private Instant time() {
        int length = integer();
        Instant plain = plainTime(data, at, length);
        Instant time = plain != null
                ? plain
                : DateTimeUtils.parseInstant(new String(data, at, length, StandardCharsets.UTF_8));
        at += length;
        return time;
    }

    /**
     * The instant in {@code yyyy-MM-ddTHH:mm:ss[.fraction]Z}, as Axon writes it, or null for anything else, also for dates
     * that no calendar has; the general parser takes ten times as long.
     */
    static @Nullable Instant plainTime(byte[] text, int from, int length) {
        if (length < 20
                || length > 30
                || text[from + length - 1] != 'Z'
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || text[from + 10] != 'T'
                || text[from + 13] != ':'
                || text[from + 16] != ':'
                || (length > 20 && (length == 21 || text[from + 19] != '.'))) {
            return null;
        }
        int year = digits(text, from, 4);
        int month = digits(text, from + 5, 2);
        int day = digits(text, from + 8, 2);
        int hour = digits(text, from + 11, 2);
        int minute = digits(text, from + 14, 2);
        int second = digits(text, from + 17, 2);
        int fraction = length == 20 ? 0 : digits(text, from + 20, length - 21);
        if ((year | month | day | hour | minute | second | fraction) < 0
                || month < 1
                || month > 12
                || day < 1
                || (day > 28 && day > lengthOfMonth(year, month))
                || hour > 23
                || minute > 59
                || second > 59) {
            return null;
        }
        for (int i = length == 20 ? 9 : length - 21; i < 9; i++) {
            fraction *= 10;
        }
        return Instant.ofEpochSecond(
                ((daysToEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second, fraction);
    }

    private static int digits(byte[] text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int lengthOfMonth(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days from 1970-01-01, in the proleptic Gregorian calendar with years that begin in March. */
    private static long daysToEpoch(int year, int month, int day) {
        int shifted = month > 2 ? year : year - 1;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365L * shifted
                + Math.floorDiv(shifted, 4)
                - Math.floorDiv(shifted, 100)
                + Math.floorDiv(shifted, 400)
                + dayOfYear
                - 719_468;
    }
}
