package io.changeover.upcast;

import io.changeover.event.StoredEvent;

/** A stored event cannot be read as today's class. A retry helps only after a step or the class has changed. */
public final class UnreadableEventException extends RuntimeException {

    private final transient StoredEvent event;

    UnreadableEventException(StoredEvent event, Throwable cause) {
        super(
                "Event %s at position %d (%s@%s) cannot be read as today's class: %s; add or mend its step, then retry"
                        .formatted(
                                event.eventId(), event.position(), event.name(), event.revision(), cause.getMessage()),
                cause);
        this.event = event;
    }

    /** The event as stored. */
    public StoredEvent event() {
        return event;
    }
}
