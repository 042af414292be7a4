package io.changeover.projection;

import io.changeover.stream.EventTable;
import io.changeover.view.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads how far versions have come straight from Axon's token table, so that it can be read in one snapshot with the
 * rows.
 */
public final class TokenPositions {

    private final EventTable table;
    private final ObjectMapper json;

    /** Positions in the token table that belongs to the event table. */
    public TokenPositions(EventTable table, ObjectMapper json) {
        this.table = table;
        this.json = json;
    }

    /** The positions of the version's processing group as the connection of the operations sees them. */
    public SegmentPositions of(VersionId version, JdbcOperations jdbc) {
        return of(version.toString(), jdbc);
    }

    /** The same of any processing group. */
    public SegmentPositions of(String group, JdbcOperations jdbc) {
        Map<Integer, Long> bySegment = new HashMap<>();
        jdbc.query(
                "select segment, token from %s where processor_name = ?".formatted(table.tokens()),
                result -> {
                    bySegment.put(result.getInt(1), position(result.getBytes(2)));
                },
                group);
        return positions(bySegment);
    }

    /**
     * The segments of the processing group, by their numbers, and who has them, as the connection of the operations sees
     * them.
     *
     * @param lapsed claims that were not kept up since then have no owner
     */
    List<SegmentClaim> claims(String group, Instant lapsed, JdbcOperations jdbc) {
        return claims(lapsed, jdbc, " where processor_name = ?", group).getOrDefault(group, List.of());
    }

    /** The same of all processing groups, by their names, by one statement. */
    Map<String, List<SegmentClaim>> claims(Instant lapsed, JdbcOperations jdbc) {
        return claims(lapsed, jdbc, "");
    }

    private Map<String, List<SegmentClaim>> claims(
            Instant lapsed, JdbcOperations jdbc, String where, String... parameters) {
        record Found(int id, long position, @Nullable String owner) {}
        Map<String, List<Found>> byGroup = new HashMap<>();
        List<Object> all = new ArrayList<>(List.of(lapsed.toString()));
        all.addAll(List.of(parameters));
        jdbc.query(
                "select processor_name, segment, token, case when timestamp::timestamptz > ?::timestamptz then owner end from %s%s order by segment"
                        .formatted(table.tokens(), where),
                result -> {
                    byGroup.computeIfAbsent(result.getString(1), unseen -> new ArrayList<>())
                            .add(new Found(result.getInt(2), position(result.getBytes(3)), result.getString(4)));
                },
                all.toArray());
        Map<String, List<SegmentClaim>> claims = new HashMap<>();
        byGroup.forEach((group, found) -> {
            int[] ids = found.stream().mapToInt(Found::id).toArray();
            claims.put(
                    group,
                    found.stream()
                            .map(each -> new SegmentClaim(
                                    Segment.computeSegment(each.id(), ids), each.position(), each.owner()))
                            .toList());
        });
        return claims;
    }

    /** The positions of all processing groups, by their names, by one statement. */
    Map<String, SegmentPositions> all(JdbcOperations jdbc) {
        Map<String, Map<Integer, Long>> byGroup = new HashMap<>();
        jdbc.query("select processor_name, segment, token from %s".formatted(table.tokens()), result -> {
            byGroup.computeIfAbsent(result.getString(1), unseen -> new HashMap<>())
                    .put(result.getInt(2), position(result.getBytes(3)));
        });
        Map<String, SegmentPositions> all = new HashMap<>();
        byGroup.forEach((group, bySegment) -> all.put(group, positions(bySegment)));
        return all;
    }

    private long position(byte @Nullable [] token) {
        return token == null ? 0 : json.readTree(token).path("globalIndex").asLong(0);
    }

    private static SegmentPositions positions(Map<Integer, Long> bySegment) {
        int[] ids = bySegment.keySet().stream().mapToInt(Integer::intValue).toArray();
        Map<Segment, Long> positions = new HashMap<>();
        bySegment.forEach((id, position) -> positions.put(Segment.computeSegment(id, ids), position));
        return new SegmentPositions(Map.copyOf(positions));
    }
}
