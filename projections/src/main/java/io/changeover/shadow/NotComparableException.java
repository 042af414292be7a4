package io.changeover.shadow;

/** An answer has no form in which it could be compared; asking again does not help. */
final class NotComparableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotComparableException(String message, Throwable cause) {
        super(message, cause);
    }
}
