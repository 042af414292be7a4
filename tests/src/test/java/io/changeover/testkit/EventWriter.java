package io.changeover.testkit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import javax.sql.DataSource;

/** One session that appends events by hand, in transactions that the test begins, ends or leaves open. */
public final class EventWriter implements AutoCloseable {

    private static final String INSERT =
            """
            insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                meta_data, payload, payload_revision, payload_type, time_stamp)
            values ('a-' || gen_random_uuid(), 0, 'Thing', gen_random_uuid(), ?, ?, '1', ?, '2026-01-01T00:00:00Z')
            returning global_index""";

    private final Connection connection;

    /** A session with no transaction open. */
    public EventWriter(DataSource dataSource) {
        try {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Appends an event in the open transaction, or begins one; returns its position. */
    public long append(String name) {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setBytes(1, "{}".getBytes(StandardCharsets.UTF_8));
            statement.setBytes(2, "{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8));
            statement.setString(3, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs any statement in the open transaction, or begins one. */
    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Commits. */
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Rolls back. */
    public void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Marks a point in the open transaction. */
    public Savepoint savepoint() {
        try {
            return connection.setSavepoint();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Rolls back to the point. */
    public void rollback(Savepoint savepoint) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** First phase of a two-phase commit; the session is free for another transaction afterwards. */
    public void prepare(String id) {
        run("prepare transaction '%s'".formatted(id));
        commit();
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(SQLException e) {
        return new IllegalStateException(e.getMessage(), e);
    }
}
