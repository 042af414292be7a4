package io.changeover.parity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A connection that sees the database as it was at one instant, writes nothing, and takes part in no transaction. */
final class SnapshotConnection implements AutoCloseable {

    private final Connection connection;
    private final JdbcTemplate jdbc;
    private final int isolation;

    private SnapshotConnection(Connection connection, int isolation) {
        this.connection = connection;
        this.isolation = isolation;
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    /** @param limit time after which the database gives a statement up */
    static SnapshotConnection open(DataSource dataSource, Duration limit) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            int isolation = connection.getTransactionIsolation();
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = %d".formatted(Math.max(1, limit.toMillis())));
            }
            return new SnapshotConnection(connection, isolation);
        } catch (SQLException | RuntimeException e) {
            giveBack(connection, Connection.TRANSACTION_READ_COMMITTED);
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    JdbcOperations jdbc() {
        return jdbc;
    }

    /** Has every statement work alone, without helpers of its own. */
    void alone() {
        jdbc.execute("set local max_parallel_workers_per_gather = 0");
    }

    private static void giveBack(Connection connection, int isolation) throws SQLException {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            connection.setReadOnly(false);
            connection.setTransactionIsolation(isolation);
        }
    }

    @Override
    public void close() throws SQLException {
        giveBack(connection, isolation);
    }
}
