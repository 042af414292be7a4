package io.changeover.view;

import java.time.Instant;

/**
 * What a fold may know of an event beside its payload. All of it is stored, so a replay sees the same.
 *
 * @param position position in the event store
 * @param eventId identifier of the event
 * @param aggregateId identifier of the aggregate that wrote it
 * @param time when the event happened
 */
public record EventInfo(long position, String eventId, String aggregateId, Instant time) {}
