package io.changeover.autopilot;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * Who carries which changeover, and what it told last, in PostgreSQL. Claims run by the clock of the database, so that those
 * of the nodes need not agree.
 */
public final class PilotRecords {

    private static final TypeReference<List<GateReading>> READINGS = new TypeReference<>() {};

    /**
     * A claim that this node holds.
     *
     * @param number grows with each node that takes over
     * @param changeover identifier of the changeover that was looked at last, or null
     * @param moved what was done last in it, or null
     */
    record Claim(long number, @Nullable String changeover, @Nullable String moved) {}

    private final JdbcOperations jdbc;
    private final ObjectMapper json;
    private final String node;
    private final Duration takeover;

    /**
     * @param node name of this node
     * @param takeover how long a node must have been silent before another one takes over
     */
    public PilotRecords(JdbcOperations jdbc, ObjectMapper json, String node, Duration takeover) {
        this.jdbc = jdbc;
        this.json = json;
        this.node = node;
        this.takeover = takeover;
    }

    /** Takes or keeps the claim of the view; empty while another node holds it that is heard of. */
    Optional<Claim> claim(String view) {
        return jdbc
                .query(
                        """
                        insert into changeover.autopilot as a (view, node) values (?, ?)
                        on conflict (view) do update
                        set node = excluded.node, seen_at = clock_timestamp(),
                            claim = a.claim + case when a.node = excluded.node then 0 else 1 end,
                            claimed_at = case when a.node = excluded.node then a.claimed_at else clock_timestamp() end
                        where a.node is null or a.node = excluded.node
                            or a.seen_at < clock_timestamp() - ? * interval '1 millisecond'
                        returning claim, changeover_id, moved
                        """,
                        (row, number) -> new Claim(row.getLong(1), row.getString(2), row.getString(3)),
                        view,
                        node,
                        takeover.toMillis())
                .stream()
                .findFirst();
    }

    /** Tells what is waited for; false when another node has taken over. */
    boolean waits(String view, Claim claim, Attempt attempt, String waitsFor, List<GateReading> readings) {
        return jdbc.update(
                        """
                        update changeover.autopilot
                        set moved = case when changeover_id = ? then moved end,
                            moved_at = case when changeover_id = ? then moved_at end,
                            changeover_id = ?, phase = ?, percent = ?, looked_at = clock_timestamp(), waits_for = ?,
                            readings = ?::jsonb
                        where view = ? and node = ? and claim = ?
                        """,
                        attempt.id(),
                        attempt.id(),
                        attempt.id(),
                        attempt.phase().text(),
                        attempt.percent(),
                        waitsFor,
                        json.writeValueAsString(readings),
                        view,
                        node,
                        claim.number())
                == 1;
    }

    /** Tells what was done; false when another node has taken over. */
    boolean moved(String view, Claim claim, Attempt attempt, String moved, List<GateReading> readings) {
        return jdbc.update(
                        """
                        update changeover.autopilot
                        set changeover_id = ?, phase = ?, percent = ?, looked_at = clock_timestamp(), waits_for = '',
                            moved = ?, moved_at = clock_timestamp(), readings = ?::jsonb
                        where view = ? and node = ? and claim = ?
                        """,
                        attempt.id(),
                        attempt.phase().text(),
                        attempt.percent(),
                        moved,
                        json.writeValueAsString(readings),
                        view,
                        node,
                        claim.number())
                == 1;
    }

    /** Gives all claims of this node back. */
    void release() {
        jdbc.update("update changeover.autopilot set node = null where node = ?", node);
    }

    /** What is known about each view that was ever carried. */
    public List<PilotRecord> all() {
        return jdbc.query(
                """
                select *, seen_at < clock_timestamp() - ? * interval '1 millisecond' as silent
                from changeover.autopilot order by view
                """,
                (row, number) -> pilotRecord(row),
                takeover.toMillis());
    }

    private PilotRecord pilotRecord(ResultSet row) throws SQLException {
        return new PilotRecord(
                row.getString("view"),
                row.getString("node"),
                row.getBoolean("silent"),
                row.getString("changeover_id"),
                instant(row, "looked_at"),
                row.getString("waits_for"),
                row.getString("moved"),
                instant(row, "moved_at"),
                json.readValue(row.getString("readings"), READINGS));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
