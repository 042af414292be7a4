package io.changeover.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version answers a reader, and why.
 *
 * @param view name of the view
 * @param version version that answers, such as {@code order-board@2}
 * @param reason why, as a short stable name
 * @param why the same as a sentence
 * @param cohort the reader's bucket, 0 to 9,999
 * @param percent share of readers that the new version of the open changeover serves, or null without one
 * @param pins who is pinned, with the version, in order
 * @param configured version that this node's configuration names, or null
 * @param fallback version that answers where that one fails, or null
 * @param shadow version that sampled calls are compared with, or null
 * @param sequence number of the view's event that this node routes by
 * @param acknowledgedBy nodes that route by the latest event
 * @param awaiting nodes that are up and do not yet
 */
public record RouteStatus(
        String view,
        String version,
        String reason,
        String why,
        int cohort,
        @Nullable Integer percent,
        Map<String, Integer> pins,
        @Nullable Integer configured,
        @Nullable String fallback,
        @Nullable String shadow,
        long sequence,
        List<String> acknowledgedBy,
        List<String> awaiting) {}
