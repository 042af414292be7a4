package io.changeover.projection;

import java.util.Map;
import org.axonframework.eventhandling.Segment;

/**
 * How far each segment of a version has come.
 *
 * @param bySegment position up to which all events are applied, by segment; empty where the version was never built
 */
public record SegmentPositions(Map<Segment, Long> bySegment) {

    /** Position up to which all events are applied in every segment; 0 where there is none. */
    public long low() {
        return bySegment.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /** Position up to which any segment has come; 0 where there is none. */
    public long high() {
        return bySegment.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Position up to which the events of the home are applied. */
    public long of(String home) {
        for (Map.Entry<Segment, Long> each : bySegment.entrySet()) {
            if (each.getKey().matches(home)) {
                return each.getValue();
            }
        }
        return 0;
    }
}
