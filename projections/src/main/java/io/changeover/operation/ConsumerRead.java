package io.changeover.operation;

import java.time.Instant;

/**
 * What a consumer was answered by one version.
 *
 * @param version the version, such as {@code order-board@2}
 * @param apiVersion version of the HTTP API that was asked, or an empty text where none was
 * @param declared whether the consumer has declared such a read
 * @param callsToday calls of this day, in UTC
 * @param callsInWeek calls of this day and the six before
 * @param lastSeen when the last call was noticed
 */
public record ConsumerRead(
        String version, String apiVersion, boolean declared, long callsToday, long callsInWeek, Instant lastSeen) {}
