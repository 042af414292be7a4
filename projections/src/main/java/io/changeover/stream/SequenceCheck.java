package io.changeover.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure at start that the event store can be read in order: that there is a table whose positions come from a
 * sequence, on a primary, one by one, never drawn ahead and never twice.
 */
public final class SequenceCheck {

    private record Sequence(String name, long increment, long cache, boolean cycles, long min) {}

    private SequenceCheck() {}

    /**
     * Checks the event table.
     *
     * @throws InvalidEventStoreException naming every problem at once
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     */
    public static void require(DataSource dataSource, EventTable table) {
        List<String> problems = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            check(connection, table, problems);
        } catch (SQLException e) {
            throw new EventStoreException(
                    "The event store '%s' cannot be checked: %s; check the database, then try again"
                            .formatted(table.events(), e.getMessage()),
                    e);
        }
        if (!problems.isEmpty()) {
            throw new InvalidEventStoreException(table.events(), problems);
        }
    }

    private static void check(Connection connection, EventTable table, List<String> problems) throws SQLException {
        String position = table.columns().position();
        if (isStandby(connection)) {
            problems.add(
                    "the database is a standby, which does not show the locks of writers, but the stream needs them; point the data source to the primary");
        }
        if (!hasColumn(connection, table.events(), position)) {
            problems.add(
                    "there is no table '%s' with column '%s'; create the store's schema or name the table that is there"
                            .formatted(table.events(), position));
            return;
        }
        Sequence sequence = sequence(connection, table.events(), position);
        if (sequence == null) {
            problems.add(
                    "no sequence belongs to column '%s' but the stream must see who draws from it; attach it with ALTER SEQUENCE ... OWNED BY %s.%s"
                            .formatted(position, table.events(), position));
            return;
        }
        if (sequence.increment() != 1) {
            problems.add(
                    "sequence '%s' has increment %d but it must be 1, or values are used by transactions that did not draw them; set allocationSize = 1 where JPA writes, then ALTER SEQUENCE %s INCREMENT 1"
                            .formatted(sequence.name(), sequence.increment(), sequence.name()));
        }
        if (sequence.cache() != 1) {
            problems.add(
                    "sequence '%s' has cache %d but it must be 1, or sessions keep values across transactions; run ALTER SEQUENCE %s CACHE 1, then end all sessions that have written"
                            .formatted(sequence.name(), sequence.cache(), sequence.name()));
        }
        if (sequence.cycles()) {
            problems.add("sequence '%s' cycles but positions must only grow; run ALTER SEQUENCE %s NO CYCLE"
                    .formatted(sequence.name(), sequence.name()));
        }
        if (sequence.min() < 1) {
            problems.add("sequence '%s' has minimum %d but positions begin at 1; run ALTER SEQUENCE %s MINVALUE 1"
                    .formatted(sequence.name(), sequence.min(), sequence.name()));
        }
    }

    private static boolean isStandby(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_is_in_recovery()");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static boolean hasColumn(Connection connection, String table, String column) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select 1 from pg_attribute where attrelid = to_regclass(?) and attname = ? and not attisdropped")) {
            statement.setString(1, table);
            statement.setString(2, column);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static @Nullable Sequence sequence(Connection connection, String table, String column) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select seqrelid::regclass::text, seqincrement, seqcache, seqcycle, seqmin
                from pg_sequence where seqrelid = pg_get_serial_sequence(?, ?)::regclass""")) {
            statement.setString(1, table);
            statement.setString(2, column);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Sequence(
                                rows.getString(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getBoolean(4),
                                rows.getLong(5))
                        : null;
            }
        }
    }
}
