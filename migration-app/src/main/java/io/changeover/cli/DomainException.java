package io.changeover.cli;

/** What was asked about a domain on the class path cannot be answered. A retry helps once what the message names is there. */
final class DomainException extends RuntimeException {

    DomainException(String message) {
        super(message);
    }

    DomainException(String message, Throwable cause) {
        super(message, cause);
    }
}
