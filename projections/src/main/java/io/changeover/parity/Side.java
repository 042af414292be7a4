package io.changeover.parity;

import io.changeover.event.StoredEvent;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.RowTable;
import io.changeover.projection.SegmentPositions;
import io.changeover.projection.TokenPositions;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.HandlerVersion;
import io.changeover.view.RowKey;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.ObjectMapper;

/** One of the two versions in a comparison: where it lies, where it stands in a snapshot, and how its rows are read. */
final class Side {

    /** A row with its key. */
    record Read(RowKey key, Object row) {}

    private final VersionDefinition version;
    private final DataSource dataSource;
    private final ObjectMapper json;
    private final String rows;
    private final boolean table;
    private final TokenPositions tokens;
    private final HomesOfEvent homesOfEvent;
    private final BiFunction<VersionId, JdbcOperations, List<StoredEvent>> parkedEvents;

    /**
     * @param dataSource database in which the rows lie
     * @param parkedEvents the dead letters' events of a version as a connection sees them
     */
    Side(
            VersionDefinition version,
            DataSource dataSource,
            ObjectMapper json,
            TokenPositions tokens,
            HomesOfEvent homesOfEvent,
            BiFunction<VersionId, JdbcOperations, List<StoredEvent>> parkedEvents) {
        this.parkedEvents = parkedEvents;
        this.version = version;
        this.dataSource = dataSource;
        this.json = json;
        this.tokens = tokens;
        this.homesOfEvent = homesOfEvent;
        this.table = version instanceof FoldedVersion;
        this.rows = rows(version, json);
    }

    private static String rows(VersionDefinition version, ObjectMapper json) {
        if (version instanceof FoldedVersion folded) {
            return new RowTable(folded, json).name();
        }
        String query = version instanceof HandlerVersion handled ? handled.query() : ((ForeignVersion) version).query();
        return "(" + query + ")";
    }

    VersionDefinition version() {
        return version;
    }

    DataSource dataSource() {
        return dataSource;
    }

    HomesOfEvent homesOfEvent() {
        return homesOfEvent;
    }

    /**
     * Whether the side can tell which rows an event changes. Only folds can: a component writes to its tables what it
     * likes, and of a foreign table nothing is known.
     */
    boolean namesRows() {
        return version instanceof FoldedVersion;
    }

    /** Whether somebody else maintains the rows. */
    boolean isForeign() {
        return version instanceof ForeignVersion;
    }

    /** Whether nobody says up to which position the rows are maintained. */
    boolean isUndated() {
        return version instanceof ForeignVersion foreign
                && foreign.positionQuery().isEmpty();
    }

    /** Whether the side has applied what the event does to the home. A component gets its events by aggregate. */
    boolean hasApplied(StoredEvent event, String home, SegmentPositions positions) {
        return event.position() <= positions.of(version instanceof HandlerVersion ? event.aggregateId() : home);
    }

    /** How far the side is, or null for a foreign table that is taken to be current at every instant. */
    @Nullable
    SegmentPositions positions(JdbcOperations jdbc) {
        if (!(version instanceof ForeignVersion foreign)) {
            return tokens.of(version.id(), jdbc);
        }
        String query = foreign.positionQuery().orElse(null);
        if (query == null) {
            return null;
        }
        Long position = jdbc.query(query, result -> result.next() ? result.getLong(1) : 0L);
        return new SegmentPositions(Map.of(Segment.ROOT_SEGMENT, position == null ? 0 : position));
    }

    /**
     * Homes that wait with dead letters. Those of a component wait under their aggregates, and the rows that they would
     * change are named by the other side, where it can.
     */
    Set<String> parkedHomes(JdbcOperations jdbc, Side other) {
        if (version instanceof ForeignVersion) {
            return Set.of();
        }
        if (version instanceof HandlerVersion) {
            Set<String> homes = new HashSet<>();
            for (StoredEvent event : parkedEvents.apply(version.id(), jdbc)) {
                homes.add(event.aggregateId());
                homes.addAll(other.homesOfEvent().of(event));
            }
            return homes;
        }
        return Set.copyOf(jdbc.queryForList(
                "select distinct home from changeover.dead_letter where view = ? and version = ?",
                String.class,
                version.id().view(),
                version.id().version()));
    }

    /** Rows that there are about, as the database estimates. */
    long estimatedRows(JdbcOperations jdbc) {
        if (table) {
            Long estimate = jdbc.queryForObject(
                    "select reltuples::bigint from pg_class where oid = ?::regclass", Long.class, rows);
            if (estimate != null && estimate > 0) {
                return estimate;
            }
        }
        String plan = jdbc.queryForObject("explain (format json) select * from %s t".formatted(rows), String.class);
        return json.readTree(Objects.requireNonNull(plan))
                .path(0)
                .path("Plan")
                .path("Plan Rows")
                .asLong(0);
    }

    /** What to select from. */
    String from() {
        return rows + " t";
    }

    /** Some pages of the table, enough for the number of rows; all of it where it is no table. */
    String someOf(long wanted, JdbcOperations jdbc) {
        double percent = 400.0 * wanted / Math.max(1, estimatedRows(jdbc));
        return table && percent < 100 ? "%s t tablesample system (%f)".formatted(rows, percent) : from();
    }

    /** All columns of a row, in the types that {@link #read} expects. */
    String columns() {
        // The types of a query are what its author made them, those of a table are ours.
        return version.rows().columns().stream()
                .map(column -> table
                        ? "\"%s\"".formatted(column.name())
                        : "\"%1$s\"::%2$s as \"%1$s\""
                                .formatted(column.name(), column.type().sql()))
                .collect(Collectors.joining(", "));
    }

    /** The expression of a key column over {@link #from}. */
    String key(int index) {
        Column column = version.rows().keys().get(index);
        return table
                ? "\"%s\"".formatted(column.name())
                : "\"%s\"::%s".formatted(column.name(), column.type().sql());
    }

    /** Reads the columns of a row from the result; null where all of them are null, as an outer join has it. */
    @Nullable
    Read read(CopiedRows result) throws SQLException {
        List<Column> columns = version.rows().columns();
        @Nullable Object[] values = result.values(columns);
        boolean present = false;
        for (Object value : values) {
            present |= value != null;
        }
        if (!present) {
            return null;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !columns.get(i).nullable()) {
                throw new SQLException(
                        "column '%s' of %s is null but component '%s' is not @Nullable; correct the query or annotate it"
                                .formatted(
                                        columns.get(i).name(),
                                        version.id(),
                                        columns.get(i).component()));
            }
        }
        Object row = version.rows().row(values);
        return new Read(version.rows().key(row), row);
    }

    Object canonical(Object row) {
        return version.canonical().of(row);
    }
}
