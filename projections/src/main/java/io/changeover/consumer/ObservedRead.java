package io.changeover.consumer;

import java.time.Instant;

/**
 * That a consumer was answered by a version.
 *
 * @param consumer name under which it was counted
 * @param view name of the view
 * @param version version that answered
 * @param apiVersion version of the HTTP API that was asked, or an empty text where none was
 * @param callsToday calls of this day, in UTC
 * @param callsInWeek calls of this day and the six before
 * @param lastSeen when the last call was noticed
 */
public record ObservedRead(
        String consumer,
        String view,
        int version,
        String apiVersion,
        long callsToday,
        long callsInWeek,
        Instant lastSeen) {}
