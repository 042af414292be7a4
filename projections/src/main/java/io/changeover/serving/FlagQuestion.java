package io.changeover.serving;

import org.jspecify.annotations.Nullable;

/**
 * What a flag is asked about a call.
 *
 * @param view name of the view
 * @param from version that serves readers who have not moved
 * @param to version that takes over
 * @param percent share of readers that the changeover gives it
 * @param routingKey what makes the reader sticky, or null
 * @param cohort the reader's bucket, 0 to 9,999
 * @param principal authenticated name, or null
 * @param tenant tenant, or null
 */
public record FlagQuestion(
        String view,
        int from,
        int to,
        int percent,
        @Nullable String routingKey,
        int cohort,
        @Nullable String principal,
        @Nullable String tenant) {}
