package io.changeover.parity;

import io.changeover.event.StoredEvent;
import io.changeover.projection.SegmentPositions;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Both sides as they are at one instant, and which homes an event has reached on one side only. Where the sides lie in
 * two databases there are two instants; since each side's position is read at the side's own instant, what is said about
 * its rows is as exact.
 */
final class Snapshot implements AutoCloseable {

    private static final int PAGE = 5_000;

    private final Side left;
    private final Side right;
    private final Duration limit;
    private final Deque<SnapshotConnection> connections = new ArrayDeque<>();
    private final SnapshotConnection ofLeft;
    private final SnapshotConnection ofRight;
    private final long begun = System.nanoTime();
    private @Nullable SegmentPositions leftPositions;
    private @Nullable SegmentPositions rightPositions;
    private Set<String> parked = Set.of();
    private Set<String> inFlight = Set.of();
    private long gap;

    private Snapshot(Side left, Side right, Duration limit) throws SQLException {
        this.left = left;
        this.right = right;
        this.limit = limit;
        this.ofLeft = open(left);
        try {
            this.ofRight = left.dataSource() == right.dataSource() ? ofLeft : open(right);
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private SnapshotConnection open(Side side) throws SQLException {
        SnapshotConnection connection = SnapshotConnection.open(side.dataSource(), limit);
        connections.push(connection);
        return connection;
    }

    /**
     * Looks at both sides. The events between them are read outside of the snapshot: positions that a version has reached
     * are final, so any later read finds the same events.
     *
     * @param maxGap greatest distance of the two positions for which these events are read
     */
    static Snapshot take(Side left, Side right, OrderedStream stream, Duration limit, long maxGap) throws SQLException {
        Snapshot snapshot = new Snapshot(left, right, limit);
        try {
            snapshot.look(stream, maxGap);
            return snapshot;
        } catch (SQLException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    private void look(OrderedStream stream, long maxGap) throws SQLException {
        leftPositions = left.positions(ofLeft.jdbc());
        rightPositions = right.positions(ofRight.jdbc());
        SegmentPositions a = leftPositions;
        SegmentPositions b = rightPositions;
        Set<String> waiting = new HashSet<>(left.parkedHomes(ofLeft.jdbc(), right));
        waiting.addAll(right.parkedHomes(ofRight.jdbc(), left));
        parked = Set.copyOf(waiting);
        if (a != null && b != null) {
            long from = Math.min(a.low(), b.low());
            long end = Math.max(a.high(), b.high());
            gap = end - from;
            if (gap <= maxGap) {
                inFlight = touched(
                        stream,
                        from,
                        end,
                        (event, home) -> left.hasApplied(event, home, a) != right.hasApplied(event, home, b));
            }
        }
    }

    private Set<String> touched(OrderedStream stream, long from, long end, BiPredicate<StoredEvent, String> wanted) {
        Set<String> touched = new HashSet<>();
        long position = from;
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
                    homes.removeIf(home -> !wanted.test(event, home));
                    touched.addAll(homes);
                }
            }
            position = page.position();
        }
        return touched;
    }

    /** Homes that events have touched between an earlier snapshot and this one. */
    Set<String> touchedSince(long earlier, OrderedStream stream) {
        long now = Math.max(leftPosition(), rightPosition());
        return now > earlier ? touched(stream, earlier, now, (event, home) -> true) : Set.of();
    }

    /** What sees the left side. */
    SnapshotConnection left() {
        return ofLeft;
    }

    /** What sees the right side; the same as the left one where both lie in one database. */
    SnapshotConnection right() {
        return ofRight;
    }

    Side leftSide() {
        return left;
    }

    Side rightSide() {
        return right;
    }

    long leftPosition() {
        return low(leftPositions, rightPositions);
    }

    long rightPosition() {
        return low(rightPositions, leftPositions);
    }

    /** The lower position of those that are told. */
    long low() {
        return Math.min(leftPosition(), rightPosition());
    }

    private static long low(@Nullable SegmentPositions mine, @Nullable SegmentPositions other) {
        return mine != null ? mine.low() : other != null ? other.low() : 0;
    }

    /** Homes that cannot be compared at this instant. */
    Set<String> inFlight() {
        return inFlight;
    }

    /** Homes that wait with dead letters on either side. */
    Set<String> parked() {
        return parked;
    }

    /** Positions between the two sides. */
    long gap() {
        return gap;
    }

    /**
     * Whether rows can be compared at this instant. They cannot where events are in flight or parked and neither side can
     * tell which rows these change.
     */
    boolean tellsRows() {
        return left.namesRows() || right.namesRows() || (inFlight.isEmpty() && parked.isEmpty());
    }

    /** How long it has been held. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        while (!connections.isEmpty()) {
            try {
                connections.pop().close();
            } catch (SQLException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
