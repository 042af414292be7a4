package io.changeover.view;

import org.jspecify.annotations.Nullable;

/** A fold could not make the next row. Retrying helps only after the fold or the history has changed. */
public final class FoldException extends RuntimeException {

    FoldException(String message) {
        super(message);
    }

    FoldException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
