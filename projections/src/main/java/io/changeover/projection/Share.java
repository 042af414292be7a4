package io.changeover.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.Segment;

/**
 * The segments of a version that one node builds, and how far each of them is committed.
 *
 * @param positions position up to which all events are committed, by segment
 * @param whole whether there are no others
 */
record Share(Map<Segment, Long> positions, boolean whole) {

    /** No segment at all. */
    static final Share NONE = new Share(Map.of(), false);

    Share {
        positions = Map.copyOf(positions);
    }

    /** Position up to which all of them are committed. */
    long low() {
        return positions.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /** Position up to which any of them is. */
    long high() {
        return positions.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    Set<Segment> segments() {
        return positions.keySet();
    }

    /** Whether every home is in it, and all stand at one position, so that nothing need be asked of each. */
    boolean isEven() {
        return whole && low() == high();
    }

    /** Whether the home is in one of the segments. */
    boolean holds(String home) {
        return positions.keySet().stream().anyMatch(segment -> segment.matches(home));
    }

    /** Whether an event at the position is still to be applied to the home. */
    boolean lacks(String home, long position) {
        for (Map.Entry<Segment, Long> each : positions.entrySet()) {
            if (each.getKey().matches(home)) {
                return position > each.getValue();
            }
        }
        return false;
    }

    /** The same segments once everything up to the position is committed. */
    Share upTo(long position) {
        Map<Segment, Long> next = new HashMap<>();
        positions.forEach((segment, reached) -> next.put(segment, Math.max(reached, position)));
        return new Share(next, whole);
    }

    /** What is left without some. */
    Share without(Collection<Segment> given) {
        Map<Segment, Long> next = new HashMap<>(positions);
        next.keySet().removeAll(given);
        return new Share(next, whole && given.isEmpty());
    }
}
