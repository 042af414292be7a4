package io.changeover.parity;

import io.changeover.stream.OrderedStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import tools.jackson.databind.ObjectMapper;

/** Two versions that are being compared, and what every way of comparing them needs. */
final class Comparing {

    /** States of SQL that has a mistake, or names what is not there. */
    private static final String NO_SUCH_THING = "42";

    private static final SQLExceptionTranslator TRANSLATOR = new SQLStateSQLExceptionTranslator();

    private final Side left;
    private final Side right;
    private final KeyMatch keys;
    private final HomesComparison homes;
    private final Planner planner;
    private final OrderedStream stream;
    private final ParityOptions options;
    private final Masks masks;

    Comparing(Side left, Side right, ObjectMapper json, OrderedStream stream, ParityOptions options, Masks masks) {
        this.left = left;
        this.right = right;
        this.keys = new KeyMatch(left, right, left.dataSource() == right.dataSource());
        this.homes = new HomesComparison(keys, json);
        this.planner = new Planner(keys, json, options, homes);
        this.stream = stream;
        this.options = options;
        this.masks =
                masks.alsoFor(left.version().rows()).alsoFor(right.version().rows());
    }

    Side left() {
        return left;
    }

    Side right() {
        return right;
    }

    KeyMatch keys() {
        return keys;
    }

    HomesComparison homes() {
        return homes;
    }

    Planner planner() {
        return planner;
    }

    ParityOptions options() {
        return options;
    }

    Tally tally(Consumer<DifferingRow> found) {
        return new Tally(left.version().canonical(), masks, options.samples(), found);
    }

    Snapshot snapshot() throws SQLException {
        return Snapshot.take(left, right, stream, options.snapshotLimit(), options.maxGap());
    }

    /** One that decides at once where both sides say how far they are. */
    Judge judge(Snapshot snapshot, Tally tally) {
        return isUndated() ? Judge.doubting(snapshot, tally) : Judge.of(snapshot, tally);
    }

    boolean isUndated() {
        return left.isUndated() || right.isUndated();
    }

    /** Somebody else's table moves in its own time, so waiting for it would only make the report late. */
    int rechecks() {
        boolean foreign = left.isForeign() || right.isForeign();
        return foreign ? Math.min(1, options.rechecks()) : options.rechecks();
    }

    /**
     * Looks again, after some patience, at homes whose rows were not the same as those of a table of which nobody says how
     * far it is maintained. What still differs counts, unless an event has touched it meanwhile.
     *
     * @param seen position of the first look
     * @return homes that were touched meanwhile, of which nothing is said
     */
    Set<String> lookAgain(Collection<String> doubtful, long seen, Tally tally) throws SQLException {
        if (doubtful.isEmpty()) {
            return Set.of();
        }
        pause(options.foreignPatience());
        try (Snapshot snapshot = snapshot()) {
            Set<String> touched = snapshot.touchedSince(seen, stream);
            Set<String> open = new HashSet<>(doubtful);
            open.retainAll(touched);
            Set<String> still = new HashSet<>(doubtful);
            still.removeAll(open);
            homes.compare(snapshot, still, Judge.of(snapshot, tally));
            return open;
        }
    }

    void pause(Duration duration) {
        try {
            // The versions are given time to apply what is in flight; the number of looks is bounded.
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The comparison was interrupted; nothing has changed, ask for it again", e);
        }
    }

    /** Whether a version has so much to catch up with that its live processing should have what a comparison would take. */
    boolean makesWay(Snapshot snapshot) {
        return stream.head() - snapshot.low() > options.lag();
    }

    /** What to throw where the database does not let the versions be compared. */
    DataAccessException failure(SQLException e) {
        String task = "Comparing %s and %s"
                .formatted(left.version().id(), right.version().id());
        if (String.valueOf(e.getSQLState()).startsWith(NO_SUCH_THING)) {
            return new InvalidDataAccessResourceUsageException(
                    "%s: the database says '%s'; see that both have tables to which a query fits, which a version has once its backfill has begun"
                            .formatted(task, e.getMessage()),
                    e);
        }
        return Objects.requireNonNullElseGet(
                TRANSLATOR.translate(task, null, e), () -> new UncategorizedSQLException(task, null, e));
    }

    /** Why nothing can be said at the instant of the snapshot; null where something can. */
    @Nullable
    String obstacle(Snapshot snapshot) {
        return snapshot.gap() <= options.maxGap()
                ? null
                : "the versions are %,d positions apart, of which at most %,d are looked at; wait until both follow the store"
                        .formatted(snapshot.gap(), options.maxGap());
    }
}
