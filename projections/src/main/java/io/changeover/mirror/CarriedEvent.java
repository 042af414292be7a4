package io.changeover.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.changeover.event.StoredEvent;
import io.changeover.publish.TopicHeaders;
import io.changeover.trace.TraceParent;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An event as a record has it. Texts stay the bytes of UTF-8 that they are on the topic and in the database.
 *
 * @param position position in the store of the origin
 */
@SuppressWarnings("ArrayRecordComponent") // carried on, and never compared
record CarriedEvent(
        long position,
        byte[] eventId,
        byte @Nullable [] aggregateType,
        byte[] aggregateId,
        long sequence,
        byte[] name,
        byte @Nullable [] revision,
        byte[] payload,
        byte[] metadata,
        byte[] time) {

    private static final byte[] NO_METADATA = "{}".getBytes(UTF_8);
    private static final int LONGEST = 255;

    /** Why a record is no event. */
    static final class NoEventException extends Exception {
        private final String why;

        NoEventException(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    /** An event as it is stored at the origin. */
    static CarriedEvent of(StoredEvent event) {
        return new CarriedEvent(
                event.position(),
                event.eventId().getBytes(UTF_8),
                event.aggregateType() == null ? null : event.aggregateType().getBytes(UTF_8),
                event.aggregateId().getBytes(UTF_8),
                event.sequence(),
                event.name().getBytes(UTF_8),
                event.revision() == null ? null : event.revision().getBytes(UTF_8),
                event.payload(),
                event.metadata(),
                event.time().toString().getBytes(UTF_8));
    }

    /** @throws NoEventException when the record is none; the message says why */
    static CarriedEvent of(ConsumerRecord<byte[], byte[]> record) throws NoEventException {
        byte[] position = null;
        byte[] id = null;
        byte[] type = null;
        byte[] sequence = null;
        byte[] name = null;
        byte[] revision = null;
        byte[] time = null;
        byte[] trace = null;
        for (Header header : record.headers()) {
            switch (header.key()) {
                case TopicHeaders.POSITION -> position = header.value();
                case TopicHeaders.ID -> id = header.value();
                case TopicHeaders.AGGREGATE_TYPE -> type = header.value();
                case TopicHeaders.SEQUENCE -> sequence = header.value();
                case TopicHeaders.NAME -> name = header.value();
                case TopicHeaders.REVISION -> revision = header.value();
                case TopicHeaders.TIME -> time = header.value();
                case TopicHeaders.TRACE -> trace = header.value();
                case TopicHeaders.PART ->
                    throw new NoEventException(
                            "it is one of several that one stored event became in the revisions of this topic, and a mirror has one event at each position; follow a topic that promises the revision before the event was divided");
                default -> {
                    // what others add is theirs
                }
            }
        }
        if (record.key() == null || record.value() == null) {
            throw new NoEventException(
                    "it has no key or no value, so it is no event; somebody else writes to the topic");
        }
        return new CarriedEvent(
                number(TopicHeaders.POSITION, position),
                text(TopicHeaders.ID, id),
                type == null ? null : text(TopicHeaders.AGGREGATE_TYPE, type),
                text("key", record.key()),
                number(TopicHeaders.SEQUENCE, sequence),
                text(TopicHeaders.NAME, name),
                revision == null ? null : text(TopicHeaders.REVISION, revision),
                record.value(),
                trace == null ? NO_METADATA : metadata(trace),
                time(time));
    }

    private static byte[] text(String header, byte @Nullable [] value) throws NoEventException {
        if (value == null || value.length == 0) {
            throw new NoEventException(
                    "its header '%s' is absent; somebody else writes to the topic".formatted(header));
        }
        if (value.length > LONGEST) {
            throw new NoEventException(
                    "its header '%s' has %d bytes where at most %d fit; somebody else writes to the topic"
                            .formatted(header, value.length, LONGEST));
        }
        for (byte each : value) {
            if (each == 0) {
                throw new NoEventException(
                        "its header '%s' has a zero byte, which no text in the database can have".formatted(header));
            }
        }
        return value;
    }

    /** Without making a text of it: there are two in each record. */
    private static long number(String header, byte @Nullable [] value) throws NoEventException {
        byte[] digits = text(header, value);
        long number = 0;
        for (byte each : digits) {
            if (each < '0' || each > '9' || digits.length > 18) {
                throw new NoEventException("its header '%s' is '%s' but must be a number of at most 18 digits"
                        .formatted(header, new String(digits, UTF_8)));
            }
            number = number * 10 + (each - '0');
        }
        return number;
    }

    private static byte[] time(byte @Nullable [] value) throws NoEventException {
        byte[] time = text(TopicHeaders.TIME, value);
        try {
            var unused = Instant.parse(new String(time, UTF_8));
        } catch (DateTimeException e) {
            throw new NoEventException("its header '%s' is '%s' but must be a time such as 2026-01-31T12:00:00Z"
                    .formatted(TopicHeaders.TIME, new String(time, UTF_8)));
        }
        return time;
    }

    private static byte[] metadata(byte[] trace) {
        String text = new String(trace, UTF_8);
        return TraceParent.isHeader(text)
                ? "{\"%s\":\"%s\"}".formatted(TraceParent.KEY, text).getBytes(UTF_8)
                : NO_METADATA;
    }
}
