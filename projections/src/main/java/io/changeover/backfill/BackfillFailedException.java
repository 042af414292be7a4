package io.changeover.backfill;

import io.changeover.view.VersionId;

/** A backfill has stopped at its last checkpoint. Asking for it again resumes it there, once the cause is mended. */
public final class BackfillFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackfillFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    BackfillFailedException(String message) {
        super(message);
    }

    /** A person has stopped it, here or on another node. */
    static BackfillFailedException stopped(VersionId version) {
        return new BackfillFailedException("the backfill of '%s' was stopped: by a person".formatted(version));
    }
}
