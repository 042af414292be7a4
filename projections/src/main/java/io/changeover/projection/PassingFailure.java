package io.changeover.projection;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells failures that say nothing about an event, because the database is away, full or busy or another node has the
 * claim, from those that would come again with the same event. The first are tried again until they pass.
 */
final class PassingFailure {

    /**
     * SQL states by their beginnings, from appendix A of PostgreSQL's documentation: connection, rollback by the database
     * (serialisation, deadlock), resources, shutdown, system, a lock that could not be had, a database that has become a
     * standby. A statement that was cancelled for its time is not among them: it may be the event that makes it slow.
     */
    private static final List<String> STATES = List.of("08", "40", "53", "57P", "58", "55P03", "25006");

    private PassingFailure() {}

    static boolean is(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause() == each ? null : each.getCause()) {
            if (each instanceof UnableToClaimTokenException
                    || each instanceof CannotCreateTransactionException
                    || each instanceof SQLTransientConnectionException
                    || each instanceof SQLNonTransientConnectionException
                    || each instanceof SQLRecoverableException) {
                return true;
            }
            if (each instanceof SQLException sql && isPassing(sql)) {
                return true;
            }
        }
        return false;
    }

    /** The failure of a JDBC batch names the statement's own failure only as the next one. */
    private static boolean isPassing(SQLException failure) {
        for (SQLException each = failure; each != null; each = each.getNextException()) {
            String state = each.getSQLState();
            if (state != null && STATES.stream().anyMatch(state::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
