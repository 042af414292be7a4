package io.changeover.benchmark.replay.store;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.postgresql.copy.PGCopyOutputStream;
import org.postgresql.core.BaseConnection;

/**
 * Writes events into the event table by COPY, in its binary format as PostgreSQL documents it under "File Formats". The
 * caller commits.
 */
final class EventCopy implements AutoCloseable {

    private static final String SQL =
            """
            copy public.domain_event_entry (global_index, aggregate_identifier, sequence_number, type, event_identifier,
                meta_data, payload, payload_revision, payload_type, time_stamp) from stdin (format binary)""";

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int COLUMNS = 10;
    private static final int BUFFER = 1 << 16;
    private static final byte[] NO_PREFIX = {};

    private final DataOutputStream out;
    private final SplittableRandom identifiers;
    private final Instant start;
    private final long millisBetween;

    /**
     * @param seed decides the identifiers of the events
     * @param start when the event before the first happens
     * @param millisBetween time from one event to the next
     */
    EventCopy(BaseConnection connection, long seed, Instant start, long millisBetween)
            throws IOException, SQLException {
        out = new DataOutputStream(new BufferedOutputStream(new PGCopyOutputStream(connection, SQL, BUFFER), BUFFER));
        identifiers = new SplittableRandom(seed);
        this.start = start;
        this.millisBetween = millisBetween;
        out.write(SIGNATURE);
        out.writeInt(0); // flags: none
        out.writeInt(0); // length of the header's extension
    }

    void write(TrafficEvent event) throws IOException {
        out.writeShort(COLUMNS);
        number(event.position());
        text(event.copy().bytes(), event.template().aggregateId());
        number(event.sequence());
        text(NO_PREFIX, event.template().aggregateType());
        text(NO_PREFIX, identifier());
        Form form = event.form();
        out.writeInt(form.metadataLength());
        form.writeMetadata(out);
        out.writeInt(form.payloadLength(event.copy().bytes().length));
        form.writePayload(event.copy().bytes(), out);
        text(NO_PREFIX, form.revision());
        text(NO_PREFIX, form.name());
        text(NO_PREFIX, start.plusMillis(event.position() * millisBetween).toString());
    }

    /** Version 4, variant 2, as of Axon's own. */
    private String identifier() {
        long most = (identifiers.nextLong() & ~0xF000L) | 0x4000L;
        long least = (identifiers.nextLong() >>> 2) | (1L << 63);
        return new UUID(most, least).toString();
    }

    private void number(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private void text(byte[] prefix, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(prefix.length + bytes.length);
        out.write(prefix);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        out.writeShort(-1);
        out.close();
    }
}
