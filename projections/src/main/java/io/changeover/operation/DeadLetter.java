package io.changeover.operation;

import java.time.Instant;

/**
 * An event that waits because its fold or handler, or that of an earlier event of the same home, failed.
 *
 * @param version written form of the version
 * @param home home of the rows, as text; the aggregate of the event where a component builds the version
 * @param position position of the event
 * @param eventId identifier of the event
 * @param eventName stable name of the event as stored
 * @param revision revision as stored, empty where there is none
 * @param cause why it failed, or that it waits behind another
 * @param parkedAt when it was parked
 * @param attempts how often applying it was tried
 */
public record DeadLetter(
        String version,
        String home,
        long position,
        String eventId,
        String eventName,
        String revision,
        String cause,
        Instant parkedAt,
        int attempts) {}
