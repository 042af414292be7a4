package io.changeover.report;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.report.ChangeoverReport.Budget;
import io.changeover.report.ChangeoverReport.Compared;
import io.changeover.report.ChangeoverReport.NewCode;
import io.changeover.report.ChangeoverReport.Repaired;
import io.changeover.report.Trail.Stored;
import io.changeover.stream.EventTable;
import io.changeover.view.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what reports are made from, and keeps them. */
final class ReportStore {

    private static final List<String> SPENT = List.of("failed", "timed_out", "busy", "shed");
    private static final List<String> CALLS =
            List.of("answered", "failed", "timed_out", "busy", "shed", "refused_by_both", "interrupted");

    private final ProjectionStore store;
    private final EventStore events;

    ReportStore(ProjectionStore store, EventStore events) {
        this.store = store;
        this.events = events;
    }

    /** A report that is kept: up to which event of the view, and when it was written. */
    record Kept(long lastEvent, Instant endedAt, Instant writtenAt) {}

    /** Numbers of the latest events of the views that have any. */
    Map<String, Long> latest(List<String> views) {
        Map<String, Long> latest = new HashMap<>();
        EventTable.Columns columns = store.decisions().columns();
        store.jdbc()
                .query(
                        connection -> {
                            var statement = connection.prepareStatement(
                                    "select %1$s, max(%2$s) from %3$s where %1$s = any(?) group by 1"
                                            .formatted(
                                                    columns.aggregateId(),
                                                    columns.sequence(),
                                                    store.decisions().events()));
                            statement.setArray(
                                    1,
                                    connection.createArrayOf(
                                            "text",
                                            views.stream().map(Changeover::idOf).toArray()));
                            return statement;
                        },
                        (ResultSet row) -> {
                            for (String view : views) {
                                if (Changeover.idOf(view).equals(row.getString(1))) {
                                    latest.put(view, row.getLong(2));
                                }
                            }
                        });
        return latest;
    }

    /** All changeovers of the view, the first one first. */
    List<Trail> trails(String view) {
        Map<Long, Long> positions = positions(view);
        List<Stored> stored = new ArrayList<>();
        DomainEventStream stream = events.readEvents(Changeover.idOf(view));
        while (stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            if (message.getPayload() instanceof ChangeoverEvent event) {
                stored.add(new Stored(
                        message.getSequenceNumber(),
                        positions.getOrDefault(message.getSequenceNumber(), 0L),
                        message.getTimestamp(),
                        event));
            }
        }
        return Trail.of(stored);
    }

    private Map<Long, Long> positions(String view) {
        EventTable.Columns columns = store.decisions().columns();
        Map<Long, Long> positions = new HashMap<>();
        store.jdbc()
                .query(
                        "select %s, %s from %s where %s = ?"
                                .formatted(
                                        columns.sequence(),
                                        columns.position(),
                                        store.decisions().events(),
                                        columns.aggregateId()),
                        (ResultSet row) -> {
                            positions.put(row.getLong(1), row.getLong(2));
                        },
                        Changeover.idOf(view));
        return positions;
    }

    List<Compared> comparisons(String view, int from, int to, Instant since, Instant until) {
        return store.jdbc()
                .query(
                        """
                        select id, started_at, state, report from changeover.comparison
                        where view = ? and left_version in (?, ?) and right_version in (?, ?) and started_at between ? and ?
                        order by started_at, id
                        """,
                        (row, index) -> compared(row),
                        view,
                        from,
                        to,
                        from,
                        to,
                        at(since),
                        at(until));
    }

    private Compared compared(ResultSet row) throws SQLException {
        String report = row.getString(4);
        JsonNode found =
                report == null ? store.json().createObjectNode() : store.json().readTree(report);
        Map<String, Long> fields = new TreeMap<>();
        found.path("differencesByField")
                .properties()
                .forEach(each -> fields.put(each.getKey(), each.getValue().asLong()));
        return new Compared(
                row.getString(1),
                instant(row, 2),
                Telling.verdict(row.getString(3)),
                report == null ? null : Telling.verdict(found.path("verdict").asString("")),
                found.path("rowsCompared").asLong(0),
                found.path("different").asLong(0),
                found.path("missing").asLong(0),
                found.path("extra").asLong(0),
                fields);
    }

    List<Repaired> repairs(String view, int from, int to, Instant since, Instant until) {
        return store.jdbc()
                .query(
                        """
                        select repair, min(repaired_at), version, count(distinct home), actor, reason
                        from changeover.repaired_home
                        where view = ? and version in (?, ?) and repaired_at between ? and ?
                        group by repair, version, actor, reason order by 2, 1
                        """,
                        (row, index) -> new Repaired(
                                row.getString(1),
                                instant(row, 2),
                                new VersionId(view, row.getInt(3)).toString(),
                                row.getLong(4),
                                row.getString(5),
                                row.getString(6)),
                        view,
                        from,
                        to,
                        at(since),
                        at(until));
    }

    List<NewCode> code(String view, int from, int to, Instant since, Instant until) {
        return store.jdbc()
                .query(
                        """
                        select version, part, recorded_at, mixed from changeover.fold_fingerprint
                        where view = ? and version in (?, ?) and recorded_at between ? and ? order by recorded_at, version, part
                        """,
                        (row, index) -> new NewCode(
                                new VersionId(view, row.getInt(1)).toString(),
                                row.getString(2),
                                instant(row, 3),
                                row.getBoolean(4)),
                        view,
                        from,
                        to,
                        at(since),
                        at(until));
    }

    Map<String, Long> shadow(String view, String changeover) {
        Map<String, Long> counts = new TreeMap<>();
        store.jdbc()
                .query(
                        "select outcome, sum(calls) from changeover.shadow_read where view = ? and changeover = ? group by outcome",
                        (ResultSet row) -> {
                            counts.put(row.getString(1), row.getLong(2));
                        },
                        view,
                        changeover);
        return counts;
    }

    Budget budget(String changeover, int version, double share) {
        Map<String, Long> counts = new LinkedHashMap<>();
        store.jdbc()
                .query(
                        "select %s from changeover.fallback_count where changeover_id = ? and version = ?"
                                .formatted(String.join(
                                        ", ",
                                        CALLS.stream()
                                                .map(column -> "coalesce(sum(%s), 0)::bigint".formatted(column))
                                                .toList())),
                        (ResultSet row) -> {
                            for (int i = 0; i < CALLS.size(); i++) {
                                if (row.getLong(i + 1) > 0) {
                                    counts.put(CALLS.get(i).replace('_', '-'), row.getLong(i + 1));
                                }
                            }
                        },
                        changeover,
                        version);
        long spent = SPENT.stream()
                .mapToLong(column -> counts.getOrDefault(column.replace('_', '-'), 0L))
                .sum();
        long calls = spent + counts.getOrDefault("answered", 0L);
        return new Budget(share, calls, (long) Math.floor(share * calls), spent, counts);
    }

    List<String> nodes(String view, Instant since) {
        return store.jdbc()
                .queryForList(
                        "select node from changeover.node_acknowledgement where view = ? and acknowledged_at >= ? order by node",
                        String.class,
                        view,
                        at(since));
    }

    Map<String, Kept> kept() {
        Map<String, Kept> kept = new HashMap<>();
        store.jdbc()
                .query(
                        "select changeover, last_event, ended_at, written_at from changeover.report",
                        (ResultSet row) -> {
                            kept.put(row.getString(1), new Kept(row.getLong(2), instant(row, 3), instant(row, 4)));
                        });
        return kept;
    }

    /** Keeps a report unless one that knows more is there, as another node may have kept it. */
    void keep(ChangeoverReport report) {
        store.jdbc()
                .update(
                        """
                        insert into changeover.report as kept (changeover, view, outcome, ended_at, last_event, written_at, document)
                        values (?, ?, ?, ?, ?, ?, ?::json)
                        on conflict (changeover) do update set
                            outcome = excluded.outcome, ended_at = excluded.ended_at, last_event = excluded.last_event,
                            written_at = excluded.written_at, document = excluded.document
                        where kept.last_event < excluded.last_event
                            or (kept.last_event = excluded.last_event and kept.written_at < excluded.written_at)
                        """,
                        report.id(),
                        report.view(),
                        report.outcome(),
                        at(Objects.requireNonNull(report.endedAt())),
                        report.lastEvent(),
                        at(report.writtenAt()),
                        storable(store.json().writeValueAsString(report)));
    }

    /** PostgreSQL has no place for this character, not even as an escape. */
    private static String storable(String json) {
        return json.replace("\\u0000", "?");
    }

    Optional<ChangeoverReport> find(String changeover) {
        return store
                .jdbc()
                .query(
                        "select document from changeover.report where changeover = ?",
                        (row, index) -> report(row),
                        changeover)
                .stream()
                .findFirst();
    }

    List<ChangeoverReport> list(@Nullable String view, int limit) {
        return store.jdbc()
                .query(
                        """
                        select document from changeover.report where ?::text is null or view = ?
                        order by ended_at desc, changeover limit ?
                        """,
                        (row, index) -> report(row),
                        view,
                        view,
                        limit);
    }

    private ChangeoverReport report(ResultSet row) throws SQLException {
        return store.json().readValue(row.getString(1), ChangeoverReport.class);
    }

    Instant now() {
        return store.clock().instant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
