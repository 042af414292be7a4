package io.changeover.mirror;

import io.changeover.stream.EventTable;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes events with the positions that they have, by PostgreSQL's binary COPY (documentation of COPY, "Binary Format"). */
final class EventsIn {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
    private static final int FIELDS = 10;
    private static final int FLUSH_AT = 1 << 16;

    private EventsIn() {}

    /** The columns of the table in the order in which they are written. */
    static String columns(EventTable.Columns columns) {
        return String.join(
                ", ",
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

    /** Writes all of them in the transaction of the connection, or none. */
    static void copy(Connection connection, EventTable table, List<CarriedEvent> events) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy %s (%s) from stdin (format binary)".formatted(table.events(), columns(table.columns())));
        try {
            ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * FLUSH_AT);
            DataOutputStream data = new DataOutputStream(buffer);
            data.write(SIGNATURE);
            data.writeInt(0); // no flags
            data.writeInt(0); // no extension
            for (CarriedEvent event : events) {
                write(event, data);
                if (buffer.size() >= FLUSH_AT) {
                    copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
                    buffer.reset();
                }
            }
            data.writeShort(-1);
            copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
            var unused = copy.endCopy();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail like that
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(CarriedEvent event, DataOutputStream data) throws IOException {
        data.writeShort(FIELDS);
        number(event.position(), data);
        bytes(event.eventId(), data);
        bytes(event.aggregateType(), data);
        bytes(event.aggregateId(), data);
        number(event.sequence(), data);
        bytes(event.name(), data);
        bytes(event.revision(), data);
        bytes(event.payload(), data);
        bytes(event.metadata(), data);
        bytes(event.time(), data);
    }

    private static void number(long value, DataOutputStream data) throws IOException {
        data.writeInt(Long.BYTES);
        data.writeLong(value);
    }

    private static void bytes(byte @Nullable [] value, DataOutputStream data) throws IOException {
        if (value == null) {
            data.writeInt(-1);
            return;
        }
        data.writeInt(value.length);
        data.write(value);
    }
}
