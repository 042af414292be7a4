package io.changeover.cli;

/** The server declined what was asked, and said why. */
final class RefusedException extends RuntimeException {

    RefusedException(String detail) {
        super(detail);
    }
}
