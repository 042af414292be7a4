package io.changeover.upcast;

import io.changeover.event.StoredEvent;

/**
 * A stored event as an object of today's class.
 *
 * @param stored the row that it came from; several events may come from one row
 * @param payload instance of a class that carries {@link io.changeover.event.EventType}
 */
public record CurrentEvent(StoredEvent stored, Object payload) {}
