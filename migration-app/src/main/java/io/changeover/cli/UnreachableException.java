package io.changeover.cli;

/** No server answers. A retry can help once it runs. */
final class UnreachableException extends RuntimeException {

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
