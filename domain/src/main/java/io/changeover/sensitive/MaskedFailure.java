package io.changeover.sensitive;

import org.jspecify.annotations.Nullable;

/** A failure as it may be logged; its message begins with the class of the failure that it stands for. */
final class MaskedFailure extends RuntimeException {

    /** Causes may go round in a circle. */
    private static final int DEPTH = 16;

    private MaskedFailure(String message, @Nullable Throwable cause, StackTraceElement[] trace) {
        super(message, cause, false, true);
        setStackTrace(trace);
    }

    static MaskedFailure of(Throwable failure, SensitiveValues values) {
        return of(failure, values, 0);
    }

    private static MaskedFailure of(Throwable failure, SensitiveValues values, int depth) {
        Throwable cause = failure.getCause();
        return new MaskedFailure(
                values.without(failure.toString()),
                cause == null || depth == DEPTH ? null : of(cause, values, depth + 1),
                failure.getStackTrace());
    }
}
