package io.changeover.projection;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells failures that say nothing about an event, because the database is away, full or busy or another node has the
 * claim, from those that would come again with the same event. The first are tried again until they pass.
 *
 * <p>Of the first kind is a statement that a connection has prepared and that no longer fits its table, because somebody
 * has altered it since. The pool closes such a connection, or the driver forgets what it has prepared, so each
 * connection fails once at most, and there is nothing to wait for.
 */
final class PassingFailure {

    /**
     * SQL states by their beginnings, from appendix A of PostgreSQL's documentation: connection, rollback by the database
     * (serialisation, deadlock), resources, shutdown, system, a lock that could not be had, a database that has become a
     * standby. A statement that was cancelled for its time is not among them: it may be the event that makes it slow.
     */
    private static final List<String> STATES = List.of("08", "40", "53", "57P", "58", "55P03", "25006");

    /** A prepared statement that the server no longer has, as after {@code discard all} or behind a pooler. */
    private static final String NOT_PREPARED = "26000";

    /** The place in PostgreSQL that says "cached plan must not change result type"; its SQL state says other things too. */
    private static final String STALE_PLAN = "RevalidateCachedQuery";

    private PassingFailure() {}

    static boolean is(Throwable failure) {
        return isOfConnection(failure)
                || anyCause(
                        failure,
                        each -> each instanceof UnableToClaimTokenException
                                || each instanceof CannotCreateTransactionException
                                || each instanceof SQLTransientConnectionException
                                || each instanceof SQLNonTransientConnectionException
                                || each instanceof SQLRecoverableException
                                || (each instanceof SQLException sql && any(sql, PassingFailure::hasPassingState)));
    }

    /** Whether only the connection has failed, so that the same work may be done again at once on another. */
    static boolean isOfConnection(Throwable failure) {
        return anyCause(
                failure,
                each -> each instanceof ConnectionLostException
                        || (each instanceof SQLException sql && any(sql, PassingFailure::isStale)));
    }

    private static boolean anyCause(Throwable failure, Predicate<Throwable> kind) {
        for (Throwable each = failure; each != null; each = each.getCause() == each ? null : each.getCause()) {
            if (kind.test(each)) {
                return true;
            }
        }
        return false;
    }

    /** The failure of a JDBC batch names the statement's own failure only as the next one. */
    private static boolean any(SQLException failure, Predicate<SQLException> kind) {
        for (SQLException each = failure; each != null; each = each.getNextException()) {
            if (kind.test(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPassingState(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && STATES.stream().anyMatch(state::startsWith);
    }

    private static boolean isStale(SQLException failure) {
        return NOT_PREPARED.equals(failure.getSQLState())
                || (failure instanceof PSQLException postgres && isStalePlan(postgres.getServerErrorMessage()));
    }

    private static boolean isStalePlan(@Nullable ServerErrorMessage message) {
        return message != null && STALE_PLAN.equals(message.getRoutine());
    }
}
