package io.changeover.app.rehearsal;

/** Something that a rehearsal tried does not hold. The message says why, and what to do. */
final class RehearsalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RehearsalFailure(String message) {
        super(message);
    }

    RehearsalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
