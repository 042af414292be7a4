package io.changeover.fallback;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that the new version did not answer. Messages of exceptions are left out, because they may quote what was read.
 *
 * @param at when it ended
 * @param method name of the method of the view's interface
 * @param outcome {@code failed} or {@code timed-out}
 * @param kind class of the exception
 * @param cause class of its last cause, or null where it has none
 * @param sqlState what the database called it, or null where it did not come from there
 */
public record FallbackFailure(
        Instant at, String method, String outcome, String kind, @Nullable String cause, @Nullable String sqlState) {

    /** Causes can go in a circle. */
    private static final int DEEPEST = 50;

    static FallbackFailure of(Instant at, String method, Outcome outcome, Throwable failure) {
        Throwable last = failure;
        String state = null;
        int depth = 0;
        for (Throwable each = failure; each != null && depth < DEEPEST; each = each.getCause(), depth++) {
            last = each;
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return new FallbackFailure(
                at,
                method,
                outcome.text(),
                failure.getClass().getName(),
                last == failure ? null : last.getClass().getName(),
                state);
    }
}
