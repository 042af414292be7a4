package io.changeover.projection;

import io.changeover.stream.EventTable;
import io.changeover.view.VersionId;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.Segment;
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
        Map<Integer, Long> bySegment = new HashMap<>();
        jdbc.query(
                "select segment, token from %s where processor_name = ?".formatted(table.tokens()),
                result -> {
                    byte[] token = result.getBytes(2);
                    bySegment.put(
                            result.getInt(1),
                            token == null
                                    ? 0
                                    : json.readTree(token).path("globalIndex").asLong(0));
                },
                version.toString());
        int[] ids = bySegment.keySet().stream().mapToInt(Integer::intValue).toArray();
        Map<Segment, Long> positions = new HashMap<>();
        bySegment.forEach((id, position) -> positions.put(Segment.computeSegment(id, ids), position));
        return new SegmentPositions(Map.copyOf(positions));
    }
}
