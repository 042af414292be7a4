package io.changeover.shadow;

import io.changeover.event.StoredEvent;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.SegmentPositions;
import io.changeover.projection.TokenPositions;
import io.changeover.shadow.Sample.Pair;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.HandlerVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/** Knows how far versions are and what lies between. Looks, and changes nothing. */
final class Positions {

    private final Versions versions;
    private final Projections projections;
    private final ProjectionStore store;
    private final HistoryPages history;
    private final TokenPositions tokens;
    private final Function<String, DataSource> dataSources;
    private final long maxGap;

    Positions(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            HistoryPages history,
            Function<String, DataSource> dataSources,
            long maxGap) {
        this.versions = versions;
        this.projections = projections;
        this.store = store;
        this.history = history;
        this.tokens = new TokenPositions(store.table(), store.json());
        this.dataSources = dataSources;
        this.maxGap = maxGap;
    }

    /** How far both are as the connection sees it. */
    Standing of(Pair pair, JdbcOperations jdbc) {
        return new Standing(of(pair.servingId(), jdbc), of(pair.shadowId(), jdbc));
    }

    private SegmentPositions of(VersionId id, JdbcOperations jdbc) {
        if (!(versions.get(id) instanceof ForeignVersion foreign)) {
            return tokens.of(id, jdbc);
        }
        String query = foreign.positionQuery().orElse(null);
        if (query == null) {
            // Taken to be current, as its declaration says: it may hold whatever has been written.
            return at(jdbc.queryForObject(
                    "select coalesce(max(global_index), 0) from %s"
                            .formatted(store.table().events()),
                    Long.class));
        }
        JdbcOperations where = foreign.dataSource()
                .<JdbcOperations>map(name -> new JdbcTemplate(dataSources.apply(name)))
                .orElse(jdbc);
        return at(where.query(query, result -> result.next() ? result.getLong(1) : 0L));
    }

    private static SegmentPositions at(@Nullable Long position) {
        return new SegmentPositions(Map.of(Segment.ROOT_SEGMENT, position == null ? 0 : position));
    }

    /** What was in flight at any instant from the first standing to the second. */
    InFlight between(Pair pair, Standing before, Standing after) {
        long low = Math.min(before.low(), after.low());
        long high = Math.max(before.high(), after.high());
        if (low == high) {
            return InFlight.NOTHING;
        }
        if (high - low > maxGap) {
            return InFlight.UNKNOWN;
        }
        List<VersionId> built = Stream.of(pair.servingId(), pair.shadowId())
                .filter(id -> !(versions.get(id) instanceof ForeignVersion))
                .toList();
        if (built.isEmpty()) {
            return InFlight.UNKNOWN;
        }
        Set<String> names = new HashSet<>();
        built.forEach(id -> names.addAll(projections.storedNamesOf(id)));
        HomesOfEvent homesOf = projections.homesOf(built);
        Set<String> homes = new HashSet<>();
        history.read(
                low,
                high,
                names,
                events -> events.forEach(event -> homesOf.of(event).stream()
                        .filter(home -> isInFlight(pair, event, home, before, after))
                        .forEach(homes::add)));
        return new InFlight(
                !homes.isEmpty(), homes, built.stream().anyMatch(id -> versions.get(id) instanceof FoldedVersion));
    }

    private boolean isInFlight(Pair pair, StoredEvent event, String home, Standing before, Standing after) {
        VersionDefinition serving = versions.get(pair.servingId());
        VersionDefinition shadow = versions.get(pair.shadowId());
        boolean everywhere =
                hasApplied(serving, before.serving(), event, home) && hasApplied(shadow, before.shadow(), event, home);
        boolean nowhere =
                !hasApplied(serving, after.serving(), event, home) && !hasApplied(shadow, after.shadow(), event, home);
        return !everywhere && !nowhere;
    }

    /** A component gets its events by aggregate. */
    private static boolean hasApplied(
            VersionDefinition version, SegmentPositions positions, StoredEvent event, String home) {
        return event.position() <= positions.of(version instanceof HandlerVersion ? event.aggregateId() : home);
    }
}
