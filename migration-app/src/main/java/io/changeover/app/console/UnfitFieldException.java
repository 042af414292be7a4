package io.changeover.app.console;

/** A field of a form does not say what it has to. The message names the value, the rule and the remedy. */
final class UnfitFieldException extends RuntimeException {

    UnfitFieldException(String message) {
        super(message);
    }
}
