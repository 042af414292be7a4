package io.changeover.throttle;

import io.changeover.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** A receiver of the write-ahead log as a standby is one, but that reports to be where the test says. */
final class Follower implements AutoCloseable {

    private final TestDatabase database;
    private final Connection connection;
    private final PGReplicationStream stream;

    private Follower(TestDatabase database, Connection connection, PGReplicationStream stream) {
        this.database = database;
        this.connection = connection;
        this.stream = stream;
    }

    /** Follows from the end of the log, and stays there. */
    static Follower of(TestDatabase database) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, database.user());
        PGProperty.PASSWORD.set(properties, database.password());
        // Of a database, because servers let that in under the rules of ordinary connections.
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.4");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.APPLICATION_NAME.set(properties, "slowpoke");
        LogSequenceNumber end = end(database);
        Connection connection = DriverManager.getConnection(database.url(), properties);
        PGReplicationStream stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withStartPosition(end)
                .start();
        Follower follower = new Follower(database, connection, stream);
        follower.report(end);
        return follower;
    }

    /** Reports to be at the end of the log. */
    void catchUp() throws SQLException {
        LogSequenceNumber end = end(database);
        while (stream.getLastReceiveLSN().asLong() < end.asLong()) {
            stream.read();
        }
        report(end);
    }

    private void report(LogSequenceNumber position) throws SQLException {
        stream.setFlushedLSN(position);
        stream.setAppliedLSN(position);
        stream.forceUpdateStatus();
    }

    private static LogSequenceNumber end(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_wal_lsn()")) {
            row.next();
            return LogSequenceNumber.valueOf(row.getString(1));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
