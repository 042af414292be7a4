package io.changeover.backfill;

/** A backfill has stopped at its last checkpoint. Asking for it again resumes it there, once the cause is mended. */
public final class BackfillFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackfillFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    BackfillFailedException(String message) {
        super(message);
    }
}
