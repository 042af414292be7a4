package io.changeover.view;

/** A view name or version number breaks the rule for identifiers. A retry cannot help. */
public final class InvalidVersionIdException extends IllegalArgumentException {

    InvalidVersionIdException(String message) {
        super(message);
    }
}
