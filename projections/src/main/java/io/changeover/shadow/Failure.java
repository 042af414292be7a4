package io.changeover.shadow;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionTimedOutException;

/** Tells failures of a version. Their messages stay away from people, as databases put values into them. */
final class Failure {

    /** PostgreSQL's state of a statement that was stopped, by its timeout among others. */
    private static final String STOPPED = "57014";

    private static final int DEEPEST = 20;

    private Failure() {}

    static boolean isTimeout(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < DEEPEST; i++) {
            if (cause instanceof QueryTimeoutException
                    || cause instanceof TransactionTimedOutException
                    || (cause instanceof SQLException sql && STOPPED.equals(sql.getSQLState()))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The classes of the failure and its causes, with the state where a database gave one. */
    static String text(Throwable failure) {
        Set<String> names = new LinkedHashSet<>();
        Throwable cause = failure;
        for (int i = 0; cause != null && i < DEEPEST; i++) {
            String name = cause.getClass().getSimpleName();
            names.add(
                    cause instanceof SQLException sql && sql.getSQLState() != null
                            ? "%s (SQLSTATE %s)".formatted(name, sql.getSQLState())
                            : name);
            cause = cause.getCause();
        }
        return String.join(" <- ", names);
    }
}
