package io.changeover.fallback;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where the caller's transaction was before the new version was asked. PostgreSQL refuses every statement of a transaction
 * after one has failed, so without it the old version could not answer there either.
 */
final class Savepoint {

    private static final Logger LOG = LoggerFactory.getLogger(Savepoint.class);

    private final ConnectionHolder holder;
    private final Connection connection;
    private final java.sql.Savepoint savepoint;
    private final boolean doomed;

    private Savepoint(ConnectionHolder holder, Connection connection, java.sql.Savepoint savepoint) {
        this.holder = holder;
        this.connection = connection;
        this.savepoint = savepoint;
        this.doomed = holder.isRollbackOnly();
    }

    /** Sets one in the transaction of the thread; null when that is not one on the database, or can have none. */
    static @Nullable Savepoint set(@Nullable DataSource database) {
        if (database == null
                || !(TransactionSynchronizationManager.getResource(database) instanceof ConnectionHolder holder)) {
            return null;
        }
        Connection connection = holder.getConnection();
        try {
            return new Savepoint(holder, connection, connection.setSavepoint());
        } catch (SQLException e) {
            LOG.debug("The caller's transaction takes no savepoint (SQL state {})", e.getSQLState());
            return null;
        }
    }

    /** Keeps what was done since. A transaction that was broken meanwhile, by a failure that was swallowed, is mended. */
    void release() {
        try {
            connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            undo();
        }
    }

    /** Takes back what was done since, so that the transaction can go on, and be committed unless it was doomed before. */
    void undo() {
        try {
            connection.rollback(savepoint);
            if (!doomed) {
                holder.resetRollbackOnly(); // as Spring does when it rolls back to a savepoint
            }
        } catch (SQLException e) {
            // The old version is asked on the same connection and says what is wrong with it.
            LOG.debug("The caller's transaction could not go back to a savepoint (SQL state {})", e.getSQLState());
        }
    }
}
