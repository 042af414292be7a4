package io.changeover.projection;

import io.changeover.event.StoredEvent;

/** A component has thrown on an event; the transaction at hand must be rolled back. */
final class HandlerFailedException extends RuntimeException {

    private final transient StoredEvent event;

    HandlerFailedException(StoredEvent event, Throwable cause) {
        super(
                "The handler of event %s at position %d failed: %s".formatted(event.name(), event.position(), cause),
                cause);
        this.event = event;
    }

    StoredEvent event() {
        return event;
    }

    /** What the component threw, for an operator to read. */
    static String describe(Throwable failure) {
        Throwable cause =
                failure instanceof HandlerFailedException && failure.getCause() != null ? failure.getCause() : failure;
        return failure instanceof HandlerFailedException
                ? "the handler threw %s".formatted(cause)
                : "the transaction of the event could not be committed: %s".formatted(cause);
    }
}
