package io.changeover.projection;

/**
 * An event handling component cannot be run as the version that it is declared to be. A retry cannot help; the component,
 * its declaration or its tables must change.
 */
public final class HandlerRefusedException extends RuntimeException {

    /** A refusal whose message names the component, the rule and the remedy. */
    public HandlerRefusedException(String message) {
        super(message);
    }
}
