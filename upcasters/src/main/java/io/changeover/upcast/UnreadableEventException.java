package io.changeover.upcast;

import io.changeover.event.StoredEvent;
import org.jspecify.annotations.Nullable;

/** A stored event cannot be read as today's class. A retry helps only after a step or the class has changed. */
public final class UnreadableEventException extends RuntimeException {

    private final transient StoredEvent event;

    UnreadableEventException(StoredEvent event, String reason, @Nullable Throwable cause) {
        super(
                "Event %s at position %d (%s) cannot be read as today's class: %s; add or mend its step, then retry"
                        .formatted(event.eventId(), event.position(), nameOf(event), reason),
                cause);
        this.event = event;
    }

    private static String nameOf(StoredEvent event) {
        return event.revision() == null ? event.name() + " without revision" : event.name() + "@" + event.revision();
    }

    /** The event as stored. */
    public StoredEvent event() {
        return event;
    }
}
