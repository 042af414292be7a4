package io.changeover.shadow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shadow reads have found since a changeover began, on all nodes.
 *
 * @param view name of the view
 * @param changeover identifier of the changeover, or null where the view has had none
 * @param older version that served when it began, such as {@code order-board@1}, or null without a changeover
 * @param newer version that takes over, or null without a changeover
 * @param samples calls that both versions were asked
 * @param same of these, those that both answered the same
 * @param different of these, those that they did not
 * @param noise of these, those in which the serving version contradicted itself
 * @param inFlight of these, those that differ where events are in flight, so that nothing is said
 * @param kinds how many calls had a difference of each kind; a call may have several
 * @param dropped calls that were left out, by reason
 * @param notComparable calls of methods whose answers cannot be compared
 * @param differenceRate different calls among those that were found the same or different, from 0 to 1; null before there
 *     was one
 * @param looks calls that were looked at exactly whatever they had answered
 * @param noiseRate those among these looks in which the serving version contradicted itself, from 0 to 1; null before
 *     there was one
 * @param latency how long both versions took, on the node that answers, since its start
 * @param differences the latest calls that differ, the newest first
 */
public record ShadowReport(
        String view,
        @Nullable String changeover,
        @Nullable String older,
        @Nullable String newer,
        long samples,
        long same,
        long different,
        long noise,
        long inFlight,
        Map<String, Long> kinds,
        Map<String, Long> dropped,
        long notComparable,
        @Nullable Double differenceRate,
        long looks,
        @Nullable Double noiseRate,
        List<ShadowLatency> latency,
        List<ShadowDifference> differences) {}
