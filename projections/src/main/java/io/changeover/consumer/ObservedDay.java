package io.changeover.consumer;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What was answered to a consumer on one day by one version.
 *
 * @param day the day in UTC
 * @param view name of the view
 * @param version version that answered
 * @param apiVersion version of the HTTP API that was asked, or an empty text where none was
 * @param reason why that version did, in lower case
 * @param calls how many calls
 * @param lastSeen when the last of them was noticed
 */
public record ObservedDay(
        LocalDate day, String view, int version, String apiVersion, String reason, long calls, Instant lastSeen) {}
