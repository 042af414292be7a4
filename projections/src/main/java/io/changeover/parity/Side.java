package io.changeover.parity;

import io.changeover.event.StoredEvent;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.RowCodec;
import io.changeover.projection.RowTable;
import io.changeover.projection.SegmentPositions;
import io.changeover.projection.TokenPositions;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.HandlerVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.ObjectMapper;

/** One of the two versions in a comparison: where it stands in a snapshot, and its rows in the order of their keys. */
final class Side {

    private final VersionDefinition version;
    private final RowCodec codec;
    private final String rows;
    private final TokenPositions tokens;
    private final HomesOfEvent homesOfEvent;
    private final BiFunction<VersionId, JdbcOperations, List<StoredEvent>> parkedEvents;

    /** @param parkedEvents the dead letters' events of a version as a connection sees them */
    Side(
            VersionDefinition version,
            ObjectMapper json,
            TokenPositions tokens,
            HomesOfEvent homesOfEvent,
            BiFunction<VersionId, JdbcOperations, List<StoredEvent>> parkedEvents) {
        this.parkedEvents = parkedEvents;
        this.version = version;
        this.codec = new RowCodec(version.rows(), json);
        this.tokens = tokens;
        this.homesOfEvent = homesOfEvent;
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

    RowCodec codec() {
        return codec;
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

    /** All rows in the order of their keys as text, byte by byte, so that both sides agree whatever the column types. */
    PreparedStatement all(Connection connection, int fetchSize) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement("select * from %s t order by %s".formatted(rows, order()));
        statement.setFetchSize(fetchSize);
        return statement;
    }

    /** The rows of the homes, in the same order. */
    PreparedStatement of(Connection connection, Collection<String> homes) throws SQLException {
        Column home = version.rows().keys().get(0);
        PreparedStatement statement =
                connection.prepareStatement("select * from %s t where \"%s\" = any(?::text[]::%s[]) order by %s"
                        .formatted(rows, home.name(), home.type().sql(), order()));
        statement.setArray(1, connection.createArrayOf("text", homes.toArray()));
        return statement;
    }

    private String order() {
        return version.rows().keys().stream()
                .map(column -> "\"%s\"::text collate \"C\"".formatted(column.name()))
                .collect(Collectors.joining(", "));
    }
}
