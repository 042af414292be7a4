package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the event table. Each runs on a connection of its own, in autocommit mode, never in a surrounding
 * transaction: the ordered stream reasons about what a <em>later</em> statement sees, and under the one snapshot of a
 * repeatable-read transaction a later statement sees nothing new.
 */
final class EventRows {

    /**
     * Positions without a gap.
     *
     * @param end last position of the run that begins right after the position asked for, or that position itself
     * @param seen how many positions were looked at
     * @param gap whether one of them lies beyond the run
     */
    record Run(long end, int seen, boolean gap) {}

    private interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    // Axon's layout allows an event without metadata, though Axon itself stores an empty object.
    static final byte[] NO_METADATA = "{}".getBytes(StandardCharsets.UTF_8);

    private final DataSource dataSource;
    private final EventTable table;
    private final String select;
    private final String ofAggregate;
    private final String run;
    private final String head;
    private final String before;
    private final String holders;

    EventRows(DataSource dataSource, EventTable table) {
        this.dataSource = dataSource;
        this.table = table;
        EventTable.Columns columns = table.columns();
        String from =
                """
                select %1$s, %2$s, %3$s, %4$s, %5$s, %6$s, %7$s, %8$s, %9$s, %10$s
                from %11$s"""
                        .formatted(
                                columns.position(),
                                columns.eventId(),
                                columns.aggregateType(),
                                columns.aggregateId(),
                                columns.sequence(),
                                columns.name(),
                                columns.revision(),
                                columns.payload(),
                                columns.metadata(),
                                columns.time(),
                                table.events());
        select = from + " where %1$s > ? and %1$s <= ? %%s order by %1$s limit ?".formatted(columns.position());
        ofAggregate = from
                + " where %1$s = ? and %2$s = ? and %3$s < ? order by %3$s"
                        .formatted(columns.aggregateType(), columns.aggregateId(), columns.sequence());
        // Position minus row number stays the same for as long as there is no gap.
        run =
                """
                select count(*) filter (where position - number = ?), count(*)
                from (select position, row_number() over (order by position) as number
                      from (select %1$s as position from %2$s where %1$s > ? order by %1$s limit ?) as ahead) as numbered"""
                        .formatted(columns.position(), table.events());
        head = "select coalesce(max(%s), 0) from %s".formatted(columns.position(), table.events());
        before = "select min(%s) - 1 from %s where %s >= ?"
                .formatted(columns.position(), table.events(), columns.time());
        holders =
                """
                select distinct virtualtransaction from pg_locks
                where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
                  and database = (select oid from pg_database where datname = current_database())
                  and relation in ('%1$s'::regclass, pg_get_serial_sequence('%1$s', '%2$s')::regclass)"""
                        .formatted(table.events(), columns.position());
    }

    EventTable table() {
        return table;
    }

    /**
     * Events above {@code after} up to {@code upTo}, in order; null as names means all. The event at {@code upTo} is
     * among them whatever its name, if the limit reaches that far.
     */
    List<StoredEvent> events(long after, long upTo, int limit, @Nullable Set<String> names) {
        EventTable.Columns columns = table.columns();
        String sql = select.formatted(
                names == null ? "" : "and (%s = any(?) or %s = ?)".formatted(columns.name(), columns.position()));
        return query(
                sql,
                statement -> {
                    int parameter = 1;
                    statement.setLong(parameter++, after);
                    statement.setLong(parameter++, upTo);
                    if (names != null) {
                        statement.setArray(
                                parameter++, statement.getConnection().createArrayOf("text", names.toArray()));
                        statement.setLong(parameter++, upTo);
                    }
                    statement.setInt(parameter, limit);
                },
                EventRows::events);
    }

    /** Events of the aggregate below the sequence number, in the order of these. */
    List<StoredEvent> ofAggregate(String aggregateType, String aggregateId, long below) {
        return query(
                ofAggregate,
                statement -> {
                    statement.setString(1, aggregateType);
                    statement.setString(2, aggregateId);
                    statement.setLong(3, below);
                },
                EventRows::events);
    }

    private static List<StoredEvent> events(ResultSet rows) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        while (rows.next()) {
            events.add(new StoredEvent(
                    rows.getLong(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getLong(5),
                    rows.getString(6),
                    rows.getString(7),
                    rows.getBytes(8),
                    metadata(rows.getBytes(9)),
                    DateTimeUtils.parseInstant(rows.getString(10))));
        }
        return events;
    }

    private static byte[] metadata(byte @Nullable [] stored) {
        return stored == null ? NO_METADATA : stored;
    }

    /** Looks at no more than {@code limit} positions above {@code after}. */
    Run run(long after, int limit) {
        return query(
                run,
                statement -> {
                    statement.setLong(1, after);
                    statement.setLong(2, after);
                    statement.setInt(3, limit);
                },
                rows -> {
                    rows.next();
                    int unbroken = rows.getInt(1);
                    int seen = rows.getInt(2);
                    return new Run(after + unbroken, seen, unbroken < seen);
                });
    }

    /** The highest visible position, 0 when there is none. */
    long head() {
        return query(head, statement -> {}, EventRows::single);
    }

    /** The position before the first event at that time or later; empty when there is none. */
    OptionalLong before(Instant time) {
        return query(before, statement -> statement.setString(1, DateTimeUtils.formatInstant(time)), rows -> {
            rows.next();
            long position = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
        });
    }

    /** Virtual ids of all transactions that could still add an event at a position that has been handed out. */
    Set<String> holders() {
        return query(holders, statement -> {}, rows -> {
            Set<String> found = new HashSet<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        });
    }

    private static long single(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    private <T> T query(String sql, Binder binder, Reader<T> reader) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                binder.bind(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    return reader.read(rows);
                }
            } finally {
                if (!autoCommit) {
                    connection.setAutoCommit(false);
                }
            }
        } catch (SQLException e) {
            throw new EventStoreException(
                    "The event store '%s' cannot be read: %s; check the database, then try again"
                            .formatted(table.events(), e.getMessage()),
                    e);
        }
    }
}
