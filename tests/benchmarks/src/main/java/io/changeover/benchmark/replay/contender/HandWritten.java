package io.changeover.benchmark.replay.contender;

import io.changeover.benchmark.replay.store.Database;
import io.changeover.examples.orders.event.OrderPlaced;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.postgresql.PGConnection;

/**
 * What somebody would write by hand for this one view: one thread, a cursor with binary transfer, old revisions taken up
 * as trees, current ones parsed straight to records, rows folded in a map and written once, indexes at the end. No
 * checkpoint, no bound of memory, no parked events.
 */
public final class HandWritten implements Contender {

    private static final String TABLE = "benchmark.hand_written_board";
    private static final int CHUNK = 5_000;

    /** Forces binary transfer from the first fetch on, where the driver would begin with text. */
    private static final String BINARY = "prepareThreshold=-1";

    private static final String QUERY =
            """
            select global_index, event_identifier, time_stamp, payload_type, payload_revision, payload
            from public.domain_event_entry
            where payload_type in ('order.placed', 'order.line-added', 'order.shipped', 'order.cancelled',
                'order.put-on-hold', 'order.disputed', 'order.resolved', 'order.status-changed')
            order by global_index
            """;

    /** One stored event as read. */
    private record Raw(long position, String id, String time, String name, String revision, Payload payload) {}

    /** Bytes, which a record does not hold well itself. */
    private static final class Payload {

        private final byte[] bytes;

        Payload(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** A row with its last event, whose time stays the text that the database reads as it is. */
    private static final class Traced {

        private final BoardRow row;
        private String changedAt = "";
        private long position;
        private String eventId = "";

        Traced(BoardRow row) {
            this.row = row;
        }
    }

    @Override
    public String name() {
        return "hand-written";
    }

    @Override
    public String what() {
        return "one thread: binary cursor (fetch size %,d), tree upcast of old revisions, fold in a map, COPY of the final rows, key and indexes, ANALYZE"
                .formatted(CHUNK);
    }

    @Override
    public boolean provenance() {
        return true;
    }

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public void reset(Database store) {
        store.run("drop table if exists " + TABLE);
    }

    @Override
    public Replay replay(Database store) {
        Stopwatch watch = new Stopwatch();
        try (Connection reading = store.connect(BINARY);
                Connection writing = store.connect()) {
            Map<String, Traced> rows = fold(reading, watch);
            write(writing, rows, watch);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return new Replay(watch.total(), watch.stages());
    }

    private static Map<String, Traced> fold(Connection connection, Stopwatch watch) throws SQLException {
        HandWrittenEvents events = new HandWrittenEvents();
        Map<String, Traced> rows = new HashMap<>();
        Raw[] raw = new Raw[CHUNK];
        Object[] parsed = new Object[CHUNK];
        connection.setAutoCommit(false); // without a transaction the driver reads everything at once
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setFetchSize(CHUNK);
            try (ResultSet result = statement.executeQuery()) {
                int size = CHUNK;
                while (size == CHUNK) {
                    size = read(result, raw);
                    watch.lap("read");
                    for (int i = 0; i < size; i++) {
                        parsed[i] = events.parse(raw[i].name(), raw[i].revision(), raw[i].payload().bytes);
                    }
                    watch.lap("parse");
                    for (int i = 0; i < size; i++) {
                        fold(rows, raw[i], parsed[i]);
                    }
                    watch.lap("fold");
                }
            }
        }
        return rows;
    }

    private static int read(ResultSet result, Raw[] into) throws SQLException {
        int size = 0;
        while (size < into.length && result.next()) {
            into[size++] = new Raw(
                    result.getLong(1),
                    result.getString(2),
                    result.getString(3),
                    result.getString(4),
                    result.getString(5),
                    new Payload(result.getBytes(6)));
        }
        return size;
    }

    private static void fold(Map<String, Traced> rows, Raw raw, Object event) {
        String orderId = Objects.requireNonNull(BoardRow.orderOf(event));
        Traced traced;
        if (event instanceof OrderPlaced placed) {
            traced = new Traced(new BoardRow(orderId));
            traced.row.place(placed);
            rows.put(orderId, traced);
        } else {
            traced = Objects.requireNonNull(rows.get(orderId));
            traced.row.apply(event);
        }
        traced.changedAt = raw.time();
        traced.position = raw.position();
        traced.eventId = raw.id();
    }

    private static void write(Connection connection, Map<String, Traced> rows, Stopwatch watch)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table %s (%s, _position bigint not null, _event_id text not null)"
                    .formatted(TABLE, BoardRow.DEFINITION));
            try (RowCopy copy = new RowCopy(
                    connection.unwrap(PGConnection.class),
                    "copy %s (%s, _position, _event_id) from stdin".formatted(TABLE, BoardRow.COLUMNS))) {
                for (Traced traced : rows.values()) {
                    copy.write(traced.row, traced.changedAt, traced.position, traced.eventId);
                }
            }
            watch.lap("copy");
            statement.execute("alter table %s add primary key (order_id)".formatted(TABLE));
            for (String column : BoardTable.INDEXED) {
                statement.execute("create index on %s (%s)".formatted(TABLE, column));
            }
            watch.lap("index");
            statement.execute("analyze " + TABLE);
            watch.lap("analyze");
        }
    }
}
