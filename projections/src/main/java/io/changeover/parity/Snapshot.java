package io.changeover.parity;

import io.changeover.event.StoredEvent;
import io.changeover.projection.SegmentPositions;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Where both sides stand at one instant, and which homes an event has reached on one side only.
 *
 * @param left position of the left side
 * @param right position of the right side
 * @param inFlight homes that cannot be compared at this instant
 * @param parked homes that wait with dead letters on either side
 */
record Snapshot(long left, long right, Set<String> inFlight, Set<String> parked) {

    private static final int PAGE = 5_000;

    /**
     * Looks at both sides through the same snapshot of the database. The events between them are read outside of it:
     * positions that a version has reached are final, so any later read finds the same events.
     */
    static Snapshot take(Side left, Side right, JdbcOperations snapshot, OrderedStream stream) {
        SegmentPositions a = left.positions(snapshot);
        SegmentPositions b = right.positions(snapshot);
        Set<String> parked = new HashSet<>(left.parkedHomes(snapshot, right));
        parked.addAll(right.parkedHomes(snapshot, left));
        Set<String> inFlight = a == null || b == null ? Set.of() : inFlight(left, a, right, b, stream);
        return new Snapshot(low(a, b), low(b, a), inFlight, parked);
    }

    /**
     * Whether rows can be compared at this instant. They cannot where events are in flight or parked and neither side can
     * tell which rows these change.
     */
    boolean isComparable(Side left, Side right) {
        return left.namesRows() || right.namesRows() || (inFlight.isEmpty() && parked.isEmpty());
    }

    private static long low(@Nullable SegmentPositions mine, @Nullable SegmentPositions other) {
        return mine != null ? mine.low() : other != null ? other.low() : 0;
    }

    private static Set<String> inFlight(
            Side left, SegmentPositions a, Side right, SegmentPositions b, OrderedStream stream) {
        Set<String> inFlight = new HashSet<>();
        long position = Math.min(a.low(), b.low());
        long end = Math.max(a.high(), b.high());
        stream.passed(
                end); // both have it from the stream, perhaps on another node; all events up to it must count here
        while (position < end) {
            Page page = stream.read(position, PAGE);
            if (page.position() == position) {
                throw new IllegalStateException(
                        "The event store ends at position %d but a version has been built up to %d; restore the missing events before comparing"
                                .formatted(position, end));
            }
            for (StoredEvent event : page.events()) {
                if (event.position() <= end) {
                    Set<String> homes = new HashSet<>(left.homesOfEvent().of(event));
                    homes.addAll(right.homesOfEvent().of(event));
                    homes.removeIf(home -> left.hasApplied(event, home, a) == right.hasApplied(event, home, b));
                    inFlight.addAll(homes);
                }
            }
            position = page.position();
        }
        return inFlight;
    }
}
