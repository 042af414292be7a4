package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.view.VersionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcOperations;

/** Dead letters in PostgreSQL, with the raw bytes of their events. Works in the surrounding transaction. */
final class DeadLetterStore {

    /** A parked event with what is known about its failure. */
    record Parked(String home, StoredEvent event, String cause, OffsetDateTime parkedAt, int attempts) {}

    private static final int MAX_CAUSE = 2_000;

    private final JdbcOperations jdbc;
    private final Clock clock;

    DeadLetterStore(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Set<String> parkedAmong(VersionId version, Collection<String> homes) {
        return new HashSet<>(jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(
                            "select distinct home from changeover.dead_letter where view = ? and version = ? and home = any(?)");
                    statement.setString(1, version.view());
                    statement.setInt(2, version.version());
                    statement.setArray(3, connection.createArrayOf("text", homes.toArray()));
                    return statement;
                },
                (result, index) -> result.getString(1)));
    }

    /** Parks the letters; one that is parked already stays as it is. */
    void park(VersionId version, List<Letter> letters) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.batchUpdate(
                """
                insert into changeover.dead_letter (view, version, home, position, event_id, aggregate_type, aggregate_id,
                    sequence, event_name, revision, payload, metadata, event_time, cause, parked_at, attempts)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) on conflict do nothing
                """,
                letters,
                1_000,
                (statement, letter) -> {
                    StoredEvent event = letter.event();
                    statement.setString(1, version.view());
                    statement.setInt(2, version.version());
                    statement.setString(3, letter.home());
                    statement.setLong(4, event.position());
                    statement.setString(5, event.eventId());
                    statement.setString(6, event.aggregateType());
                    statement.setString(7, event.aggregateId());
                    statement.setLong(8, event.sequence());
                    statement.setString(9, event.name());
                    statement.setString(10, event.revision());
                    statement.setBytes(11, event.payload());
                    statement.setBytes(12, event.metadata());
                    statement.setObject(13, event.time().atOffset(ZoneOffset.UTC));
                    statement.setString(14, bounded(letter.cause()));
                    statement.setObject(15, now);
                });
    }

    long count(VersionId version) {
        Long count = jdbc.queryForObject(
                "select count(*) from changeover.dead_letter where view = ? and version = ?",
                Long.class,
                version.view(),
                version.version());
        return count == null ? 0 : count;
    }

    /** Those of all versions that have any, by one statement. */
    Map<VersionId, Long> counts() {
        Map<VersionId, Long> counts = new HashMap<>();
        jdbc.query("select view, version, count(*) from changeover.dead_letter group by view, version", result -> {
            counts.put(new VersionId(result.getString(1), result.getInt(2)), result.getLong(3));
        });
        return counts;
    }

    boolean any(VersionId version, long first, long last) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from changeover.dead_letter where view = ? and version = ? and position between ? and ?)",
                Boolean.class,
                version.view(),
                version.version(),
                first,
                last));
    }

    List<Parked> list(VersionId version, int limit) {
        return jdbc.query(
                "select * from changeover.dead_letter where view = ? and version = ? order by position, home limit ?",
                (result, index) -> parked(result),
                version.view(),
                version.version(),
                limit);
    }

    /** The letters of one home in order, locked until the transaction ends so that only one retry has them. */
    List<Parked> lock(VersionId version, String home) {
        return jdbc.query(
                "select * from changeover.dead_letter where view = ? and version = ? and home = ? order by position for update",
                (result, index) -> parked(result),
                version.view(),
                version.version(),
                home);
    }

    /** The letters of the homes, in order of home and position. */
    List<Parked> of(VersionId version, Collection<String> homes) {
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(
                            "select * from changeover.dead_letter where view = ? and version = ? and home = any(?) order by home, position");
                    statement.setString(1, version.view());
                    statement.setInt(2, version.version());
                    statement.setArray(3, connection.createArrayOf("text", homes.toArray()));
                    return statement;
                },
                (result, index) -> parked(result));
    }

    /** Removes exactly these letters. */
    void remove(VersionId version, List<Parked> letters) {
        jdbc.batchUpdate(
                "delete from changeover.dead_letter where view = ? and version = ? and home = ? and position = ?",
                letters,
                1_000,
                (statement, letter) -> {
                    statement.setString(1, version.view());
                    statement.setInt(2, version.version());
                    statement.setString(3, letter.home());
                    statement.setLong(4, letter.event().position());
                });
    }

    void remove(VersionId version, String home, long upToPosition) {
        jdbc.update(
                "delete from changeover.dead_letter where view = ? and version = ? and home = ? and position <= ?",
                version.view(),
                version.version(),
                home,
                upToPosition);
    }

    void removeAll(VersionId version) {
        jdbc.update(
                "delete from changeover.dead_letter where view = ? and version = ?", version.view(), version.version());
    }

    void failedAgain(VersionId version, String home, long position, String cause) {
        jdbc.update(
                """
                update changeover.dead_letter set cause = ?, attempts = attempts + 1
                where view = ? and version = ? and home = ? and position = ?
                """,
                bounded(cause),
                version.view(),
                version.version(),
                home,
                position);
    }

    private static Parked parked(ResultSet result) throws SQLException {
        return new Parked(
                result.getString("home"),
                new StoredEvent(
                        result.getLong("position"),
                        result.getString("event_id"),
                        result.getString("aggregate_type"),
                        result.getString("aggregate_id"),
                        result.getLong("sequence"),
                        result.getString("event_name"),
                        result.getString("revision"),
                        result.getBytes("payload"),
                        result.getBytes("metadata"),
                        result.getObject("event_time", OffsetDateTime.class).toInstant()),
                result.getString("cause"),
                result.getObject("parked_at", OffsetDateTime.class),
                result.getInt("attempts"));
    }

    private static String bounded(String cause) {
        String clean = cause.replace('\0', '?');
        return clean.length() <= MAX_CAUSE ? clean : clean.substring(0, MAX_CAUSE) + "...";
    }
}
