package io.changeover.parity;

import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.TokenPositions;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreSecret;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/**
 * Compares two versions of a view. One repeatable-read snapshot sees both tables and both positions, so that rows are
 * compared at one instant; a key that an event has reached on one side only is in flight, never different, and is looked
 * at again in later snapshots. Nothing is locked and nobody waits. Shares no code with the writing of rows. Safe for use
 * by several threads.
 */
public final class ParityCheck {

    private static final int ATTEMPTS = 5;

    private final Versions versions;
    private final Projections projections;
    private final OrderedStream stream;
    private final ProjectionStore store;
    private final ParityOptions options;
    private final DataSource dataSource;
    private final Function<String, DataSource> dataSources;
    private @Nullable Masks masks;

    /**
     * Comparisons of the given versions.
     *
     * @param dataSources the data sources of tables that lie in other databases, by name
     */
    public ParityCheck(
            Versions versions,
            Projections projections,
            OrderedStream stream,
            ProjectionStore store,
            ParityOptions options,
            Function<String, DataSource> dataSources) {
        this.versions = versions;
        this.projections = projections;
        this.stream = stream;
        this.store = store;
        this.options = options;
        this.dataSource = Objects.requireNonNull(store.jdbc().getDataSource());
        this.dataSources = dataSources;
    }

    /**
     * Compares all rows.
     *
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     */
    public ParityReport run(VersionId left, VersionId right) {
        return run(left, right, row -> {});
    }

    /**
     * Compares all rows.
     *
     * @param found takes each row that is not the same on both sides; where a range has to be compared again, rows of it
     *     may come twice
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     */
    public ParityReport run(VersionId left, VersionId right, Consumer<DifferingRow> found) {
        ParityWalk walk = walk(left, right, null);
        int failed = 0;
        while (!walk.progress().done()) {
            try {
                walk.advance(found);
                failed = 0;
            } catch (QueryTimeoutException e) {
                failed++;
                if (failed == ATTEMPTS) {
                    throw e;
                }
            }
        }
        return walk.report();
    }

    /**
     * Begins a comparison of all rows, or goes on with one.
     *
     * @param from how far the comparison had come, or null to begin
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     */
    public ParityWalk walk(VersionId left, VersionId right, @Nullable ParityProgress from) {
        return new RangeWalk(comparing(left, right), from, store.clock());
    }

    /**
     * Compares the rows of some homes at one instant. Only of a table of which nobody says how far it is maintained are
     * rows that differ looked at a second time.
     *
     * @param homes homes as text
     * @param found takes each row that is not the same on both sides
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     * @throws IllegalArgumentException when the versions are of different views, or are the same
     * @throws org.springframework.dao.DataAccessException when the database fails; the same call can be made again
     */
    public HomesReport homes(VersionId left, VersionId right, Set<String> homes, Consumer<DifferingRow> found) {
        Comparing comparing = comparing(left, right);
        Tally tally = comparing.tally(found);
        try {
            Set<String> inFlight = new HashSet<>(homes);
            Set<String> parked = new HashSet<>(homes);
            Set<String> doubtful = Set.of();
            long leftPosition;
            long rightPosition;
            try (Snapshot snapshot = comparing.snapshot()) {
                leftPosition = snapshot.leftPosition();
                rightPosition = snapshot.rightPosition();
                parked.retainAll(snapshot.parked());
                if (comparing.obstacle(snapshot) == null && snapshot.tellsRows()) {
                    inFlight.retainAll(snapshot.inFlight());
                    Judge judge = comparing.judge(snapshot, tally);
                    comparing.homes().compare(snapshot, homes, judge);
                    doubtful = judge.doubtful();
                }
            }
            inFlight.addAll(comparing.lookAgain(doubtful, Math.max(leftPosition, rightPosition), tally));
            return new HomesReport(leftPosition, rightPosition, tally.compared(), tally.differing(), inFlight, parked);
        } catch (SQLException e) {
            throw comparing.failure(e);
        }
    }

    private Comparing comparing(VersionId left, VersionId right) {
        if (!left.view().equals(right.view()) || left.equals(right)) {
            throw new IllegalArgumentException(
                    "'%s' and '%s' cannot be compared: a comparison needs two versions of one view; name two such"
                            .formatted(left, right));
        }
        return new Comparing(
                side(versions.get(left)), side(versions.get(right)), store.json(), stream, options, masks());
    }

    private synchronized Masks masks() {
        if (masks == null) {
            masks = new Masks(new StoreSecret(dataSource).value());
        }
        return masks;
    }

    private Side side(VersionDefinition version) {
        HomesOfEvent homes = version instanceof ForeignVersion ? event -> Set.of() : projections.homesOf(version.id());
        return new Side(
                version,
                version instanceof ForeignVersion foreign
                        ? foreign.dataSource().map(dataSources).orElse(dataSource)
                        : dataSource,
                store.json(),
                new TokenPositions(store.table(), store.json()),
                homes,
                projections::parkedEvents);
    }
}
