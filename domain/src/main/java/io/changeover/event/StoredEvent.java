package io.changeover.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the event store, untouched: as the release of its time wrote it.
 *
 * @param position global index in the event store, 1 or greater
 * @param eventId unique identifier of the event
 * @param aggregateType type of the aggregate that wrote it, or null for an event without aggregate
 * @param aggregateId identifier of the aggregate, or the event's own identifier where there is none
 * @param sequence number of the event within its aggregate, from 0
 * @param name stable event name
 * @param revision revision of the payload; null and empty are different, both occur in real history
 * @param payload JSON as stored; must not be changed by anyone who receives it
 * @param metadata JSON object as stored; must not be changed by anyone who receives it
 * @param time when the event happened, as its writer said
 */
@SuppressWarnings("ArrayRecordComponent") // copied nowhere on purpose: millions of these pass through a replay
public record StoredEvent(
        long position,
        String eventId,
        @Nullable String aggregateType,
        String aggregateId,
        long sequence,
        String name,
        @Nullable String revision,
        byte[] payload,
        byte[] metadata,
        Instant time) {}
