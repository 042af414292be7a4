package io.changeover.parity;

import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.TokenPositions;
import io.changeover.stream.OrderedStream;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares two versions of a view. One repeatable-read snapshot sees both tables and both positions, so that rows are
 * compared at one instant; a key that an event has reached on one side only is in flight, never different, and is looked
 * at again in later snapshots. Nothing is locked and nobody waits. Shares no code with the writing of rows.
 */
public final class ParityCheck {

    private final Versions versions;
    private final Projections projections;
    private final OrderedStream stream;
    private final ProjectionStore store;
    private final ParityOptions options;
    private final TransactionTemplate snapshots;

    /** Comparisons of the given versions. */
    public ParityCheck(
            Versions versions,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            ParityOptions options) {
        this.versions = versions;
        this.projections = projections;
        this.stream = stream;
        this.store = store;
        this.options = options;
        this.snapshots = new TransactionTemplate(
                Objects.requireNonNull(store.transactions().getTransactionManager()));
        this.snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshots.setReadOnly(true);
        this.snapshots.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Compares all rows.
     *
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     */
    public ParityReport run(VersionId left, VersionId right) {
        return run(left, right, home -> {});
    }

    /**
     * Compares all rows.
     *
     * @param differing takes the home of each row that differs or is on one side only, as text; a home comes as often as
     *     it has such rows
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     */
    public ParityReport run(VersionId left, VersionId right, Consumer<String> differing) {
        if (!left.view().equals(right.view()) || left.equals(right)) {
            throw new IllegalArgumentException(
                    "'%s' and '%s' cannot be compared: a comparison needs two versions of one view; name two such"
                            .formatted(left, right));
        }
        Side a = side(versions.get(left));
        Side b = side(versions.get(right));
        Instant startedAt = store.clock().instant();
        long startedNanos = System.nanoTime();
        Tally tally = new Tally(a.version().canonical().shape(), options.samples());
        Sink found = new Sink(tally, differing);
        Set<String> open = new TreeSet<>();
        Set<String> counted = new HashSet<>();
        Snapshot first = compareAll(a, b, found, counted);
        for (int round = 0; round < rounds(a, b) && !first.isComparable(a, b); round++) {
            pause();
            first = compareAll(a, b, found, counted);
        }
        open.addAll(first.inFlight());
        long inFlightAtFirst = counted.size();
        Snapshot last = first.isComparable(a, b) ? settle(a, b, first, open, found, counted) : first;
        long inFlight = Math.max(counted.size(), open.size());
        return report(left, right, last, tally, inFlightAtFirst, inFlight, startedAt, startedNanos);
    }

    private Snapshot compareAll(Side a, Side b, Sink found, Set<String> counted) {
        return inSnapshot(connection -> {
            Snapshot snapshot = Snapshot.take(a, b, operations(connection), stream);
            if (snapshot.isComparable(a, b)) {
                try (RowCursor rowsA = new RowCursor(a, a.all(connection, options.fetchSize()));
                        RowCursor rowsB = new RowCursor(b, b.all(connection, options.fetchSize()))) {
                    merge(rowsA, rowsB, snapshot, found, (home, key) -> counted.add(key));
                }
            }
            return snapshot;
        });
    }

    /** Somebody else's table moves in its own time, so waiting for it would only make the report late. */
    private int rounds(Side a, Side b) {
        boolean foreign = a.version() instanceof ForeignVersion || b.version() instanceof ForeignVersion;
        return foreign ? Math.min(1, options.rechecks()) : options.rechecks();
    }

    private Snapshot settle(Side a, Side b, Snapshot first, Set<String> open, Sink found, Set<String> unsettledRows) {
        Snapshot last = first;
        for (int round = 0; round < rounds(a, b) && !open.isEmpty(); round++) {
            pause();
            Set<String> rows = new HashSet<>();
            last = inSnapshot(connection -> {
                Snapshot snapshot = Snapshot.take(a, b, operations(connection), stream);
                compareSettled(a, b, connection, snapshot, open, found);
                open.retainAll(snapshot.inFlight());
                countRows(a, b, connection, open, rows);
                return snapshot;
            });
            unsettledRows.clear();
            unsettledRows.addAll(rows);
        }
        return last;
    }

    private void compareSettled(Side a, Side b, Connection connection, Snapshot snapshot, Set<String> open, Sink found)
            throws SQLException {
        Set<String> settled = new TreeSet<>(open);
        settled.removeAll(snapshot.inFlight());
        if (!settled.isEmpty()) {
            try (RowCursor rowsA = new RowCursor(a, a.of(connection, settled));
                    RowCursor rowsB = new RowCursor(b, b.of(connection, settled))) {
                merge(rowsA, rowsB, snapshot, found, (home, key) -> {});
            }
        }
    }

    private static void countRows(Side a, Side b, Connection connection, Collection<String> homes, Set<String> rows)
            throws SQLException {
        if (homes.isEmpty()) {
            return;
        }
        for (Side side : new Side[] {a, b}) {
            try (RowCursor cursor = new RowCursor(side, side.of(connection, homes))) {
                while (cursor.hasRow()) {
                    rows.add(cursor.key().toString());
                    cursor.advance();
                }
            }
        }
    }

    private static void merge(
            RowCursor left, RowCursor right, Snapshot snapshot, Sink found, BiConsumer<String, String> inFlight)
            throws SQLException {
        while (left.hasRow() || right.hasRow()) {
            int order = left.compareTo(right);
            RowCursor present = order <= 0 ? left : right;
            String home = present.key().homeText();
            if (snapshot.inFlight().contains(home)) {
                inFlight.accept(home, present.key().toString());
            } else if (!snapshot.parked().contains(home)) {
                if (!compare(left, right, order, found.tally())) {
                    found.differing().accept(home);
                }
            }
            if (order <= 0) {
                left.advance();
            }
            if (order >= 0) {
                right.advance();
            }
        }
    }

    /** Where findings go. */
    private record Sink(Tally tally, Consumer<String> differing) {}

    private static boolean compare(RowCursor left, RowCursor right, int order, Tally tally) {
        if (order < 0) {
            tally.onlyLeft(left.key().toString(), left.canonical());
            return false;
        }
        if (order > 0) {
            tally.onlyRight(right.key().toString(), right.canonical());
            return false;
        }
        return tally.both(left.key().toString(), left.canonical(), right.canonical());
    }

    private ParityReport report(
            VersionId left,
            VersionId right,
            Snapshot last,
            Tally tally,
            long inFlightAtFirst,
            long inFlight,
            Instant startedAt,
            long startedNanos) {
        int parked = last.parked().size();
        Verdict verdict = !tally.clean()
                ? Verdict.DIFFERENT
                : inFlight > 0 || parked > 0 ? Verdict.NOT_COMPARABLE : Verdict.EQUAL;
        String reason =
                switch (verdict) {
                    case EQUAL -> "all %d rows were compared and are equal".formatted(tally.compared());
                    case DIFFERENT ->
                        "%d rows differ, %d are only in %s, %d are only in %s"
                                .formatted(tally.different(), tally.missing(), left, tally.extra(), right);
                    case NOT_COMPARABLE ->
                        "no row differs, but %d rows are still in flight and %d homes are parked, so nothing is proven"
                                .formatted(inFlight, parked);
                };
        return new ParityReport(
                left.toString(),
                right.toString(),
                last.left(),
                last.right(),
                tally.compared(),
                tally.equal(),
                inFlight,
                Math.max(0, inFlightAtFirst - inFlight),
                parked,
                tally.missing(),
                tally.extra(),
                tally.different(),
                tally.byField(),
                tally.samples(),
                startedAt,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                verdict,
                reason);
    }

    private Side side(VersionDefinition version) {
        HomesOfEvent homes = version instanceof ForeignVersion ? event -> Set.of() : projections.homesOf(version.id());
        return new Side(
                version,
                store.json(),
                new TokenPositions(store.table(), store.json()),
                homes,
                projections::parkedEvents);
    }

    private <T> T inSnapshot(ConnectionCallback<T> work) {
        return Objects.requireNonNull(
                snapshots.execute(transaction -> store.jdbc().execute(work)));
    }

    private static JdbcTemplate operations(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    private void pause() {
        try {
            // The versions are given time to apply what is in flight; the number of looks is bounded.
            Thread.sleep(options.recheckPause().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The comparison was interrupted; nothing has changed, ask for it again", e);
        }
    }
}
