package io.changeover.app.api;

/** A request body is longer than any sensible request. A retry cannot help. */
final class BodyTooLargeException extends RuntimeException {

    BodyTooLargeException(int limit) {
        super("The request body must have at most %d bytes but has more; send only the documented fields"
                .formatted(limit));
    }
}
