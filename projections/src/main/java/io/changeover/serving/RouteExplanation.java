package io.changeover.serving;

import io.changeover.changeover.ChangeoverState;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a view answers a reader, and why.
 *
 * @param view name of the view
 * @param version version that answers
 * @param reason why it does
 * @param cohort the reader's bucket, 0 to 9,999; 9,999 for a reader without a routing key
 * @param sequence number of the view's event that this node routes by
 * @param state what the events up to that one say
 * @param fallback version that answers where that one fails, or null
 * @param shadow version that sampled calls are compared with, or null
 */
public record RouteExplanation(
        String view,
        int version,
        Reason reason,
        int cohort,
        long sequence,
        ChangeoverState state,
        @Nullable Integer fallback,
        @Nullable Integer shadow) {}
