package io.changeover.serving;

/** It cannot be said yet who reads a version. A later try can succeed; the message says when. */
public final class ReadershipUnknownException extends RuntimeException {

    /** @param message sentence with the view, what is not known and the remedy */
    public ReadershipUnknownException(String message) {
        super(message);
    }
}
