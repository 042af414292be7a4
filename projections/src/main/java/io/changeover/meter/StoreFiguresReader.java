package io.changeover.meter;

import io.changeover.changeover.Changeover;
import io.changeover.meter.StoreFigures.OfNode;
import io.changeover.meter.StoreFigures.OfTopic;
import io.changeover.meter.StoreFigures.OfVersion;
import io.changeover.meter.StoreFigures.OpenEffects;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.VersionState.Stage;
import io.changeover.stream.EventTable;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the figures of the store, in eight statements whatever the number of views. Gives up after some seconds, so that it
 * never holds a connection for long.
 */
public final class StoreFiguresReader {

    private static final Duration CONSUMERS_OF = Duration.ofDays(1);
    private static final int PATIENCE_SECONDS = 10;

    private final Versions versions;
    private final Set<String> topics;
    private final ProjectionStore store;
    private final StoreFiguresOptions options;
    private final TransactionTemplate transactions;
    private final String positions;
    private final String published;
    private final String behind;

    /** A reader of the figures of those versions, of their views, and of those topics. */
    public StoreFiguresReader(
            Versions versions, Set<String> topics, ProjectionStore store, StoreFiguresOptions options) {
        this.versions = versions;
        this.topics = Set.copyOf(topics);
        this.store = store;
        this.options = options;
        this.transactions = new TransactionTemplate(
                Objects.requireNonNull(store.transactions().getTransactionManager()));
        this.transactions.setReadOnly(true);
        this.transactions.setTimeout(PATIENCE_SECONDS);
        EventTable table = store.table();
        EventTable.Columns columns = table.columns();
        this.positions =
                """
                with token as materialized (
                    select processor_name,
                        min(coalesce((convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint, 0)) as position
                    from %1$s where processor_name = any (?) group by processor_name),
                head as materialized (select coalesce(max(%2$s), 0) as position from %3$s)
                select v.view, v.version, v.state, greatest(h.position - coalesce(t.position, 0), 0),
                    (select e.%4$s from %3$s e where e.%2$s > coalesce(t.position, 0) order by e.%2$s limit 1)
                from changeover.view_version v cross join head h
                left join token t on t.processor_name = v.view || '@' || v.version
                """
                        .formatted(table.tokens(), columns.position(), table.events(), columns.time());
        this.published =
                """
                select d.name, greatest(0, (select coalesce(max(%2$s), 0) from %3$s) - coalesce((
                        select min((convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint)
                        from %1$s where processor_name = 'topic:' || d.name), 0)),
                    t.failure is not null
                from unnest(?::text[]) d (name) left join changeover.topic t on t.name = d.name
                """
                        .formatted(table.tokens(), columns.position(), table.events());
        EventTable decisions = store.decisions();
        this.behind =
                """
                with known as (
                    select node, seen_at from changeover.node
                    where stopped_at is null and seen_at > clock_timestamp() - interval '1 hour'
                    order by seen_at desc, node limit ?)
                select n.node, extract(epoch from clock_timestamp() - n.seen_at)::float8, e.%3$s
                from known n
                left join (
                    unnest(?::text[], ?::text[]) as v (view, aggregate)
                    cross join known m
                    left join changeover.node_acknowledgement a on a.node = m.node and a.view = v.view
                    join %1$s e on e.%2$s = v.aggregate and e.%4$s = coalesce(a.sequence, -1) + 1
                ) on m.node = n.node
                order by n.node
                """
                        .formatted(
                                decisions.events(),
                                decisions.columns().aggregateId(),
                                decisions.columns().time(),
                                decisions.columns().sequence());
    }

    /**
     * The figures as they are now.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked or takes too long
     * @throws org.springframework.transaction.TransactionException the same, when there is no connection to it
     */
    public StoreFigures read() {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            JdbcTemplate jdbc = store.jdbc();
            return new StoreFigures(
                    versions(jdbc), effects(jdbc), claims(jdbc), nodes(jdbc), published(jdbc), carried(jdbc));
        }));
    }

    private Map<VersionId, OfVersion> versions(JdbcTemplate jdbc) {
        Map<VersionId, Long> letters = counts(
                jdbc,
                "select view, version, count(*) from changeover.dead_letter group by view, version order by 1, 2");
        Instant now = store.clock().instant();
        OffsetDateTime since = now.minus(CONSUMERS_OF).atOffset(ZoneOffset.UTC);
        LocalDate day = since.toLocalDate();
        Map<VersionId, Long> consumers = counts(
                jdbc,
                """
                select view, version, count(distinct consumer) from changeover.consumer_read
                where day >= ? and last_seen >= ? group by view, version
                """,
                day,
                since);
        Map<VersionId, OfVersion> all = new HashMap<>();
        String[] names = versions.built().stream()
                .map(VersionDefinition::id)
                .map(VersionId::toString)
                .toArray(String[]::new);
        jdbc.query(
                positions,
                row -> {
                    VersionId id = new VersionId(row.getString(1), row.getInt(2));
                    if (versions.find(id).isEmpty()) {
                        return; // of another release: nothing unknown becomes a tag
                    }
                    Stage stage = Stage.valueOf(row.getString(3));
                    all.put(
                            id,
                            new OfVersion(
                                    stage.name().toLowerCase(Locale.ROOT),
                                    stage.isBuilt(),
                                    row.getLong(4),
                                    secondsSince(row.getString(5), now),
                                    letters.getOrDefault(id, 0L),
                                    consumers.getOrDefault(id, 0L)));
                },
                (Object) names);
        return all;
    }

    private static Map<VersionId, Long> counts(JdbcTemplate jdbc, String query, Object... arguments) {
        Map<VersionId, Long> counts = new HashMap<>();
        jdbc.query(
                query,
                row -> {
                    counts.put(new VersionId(row.getString(1), row.getInt(2)), row.getLong(3));
                },
                arguments);
        return counts;
    }

    private Map<String, OpenEffects> effects(JdbcTemplate jdbc) {
        Map<String, OpenEffects> effects = new HashMap<>();
        jdbc.query(
                """
                select f.view, count(e.view) filter (where e.state in ('pending', 'compensating')),
                    count(e.view) filter (where e.state in ('failed', 'uncompensated'))
                from changeover.fence f left join changeover.effect e on e.view = f.view
                    and e.state in ('pending', 'failed', 'compensating', 'uncompensated')
                group by f.view
                """,
                row -> {
                    if (isDeclared(row.getString(1))) {
                        effects.put(row.getString(1), new OpenEffects(row.getLong(2), row.getLong(3)));
                    }
                });
        return effects;
    }

    private Map<String, Boolean> claims(JdbcTemplate jdbc) {
        Map<String, Boolean> claims = new HashMap<>();
        jdbc.query(
                """
                select view, node is not null and seen_at >= clock_timestamp() - ? * interval '1 millisecond'
                from changeover.autopilot
                """,
                row -> {
                    if (isDeclared(row.getString(1))) {
                        claims.put(row.getString(1), row.getBoolean(2));
                    }
                },
                options.silentAfter().toMillis());
        return claims;
    }

    private List<OfNode> nodes(JdbcTemplate jdbc) {
        String[] views = versions.views().toArray(String[]::new);
        String[] aggregates = versions.views().stream().map(Changeover::idOf).toArray(String[]::new);
        Instant now = store.clock().instant();
        Map<String, OfNode> nodes = new LinkedHashMap<>();
        jdbc.query(
                behind,
                row -> {
                    String oldest = row.getString(3);
                    OfNode before = nodes.get(row.getString(1));
                    nodes.put(
                            row.getString(1),
                            new OfNode(
                                    row.getString(1),
                                    row.getDouble(2),
                                    (before == null ? 0 : before.behind()) + (oldest == null ? 0 : 1),
                                    Math.max(before == null ? 0 : before.lag(), secondsSince(oldest, now))));
                },
                options.maxNodes(),
                views,
                aggregates);
        return new ArrayList<>(nodes.values());
    }

    private List<OfTopic> published(JdbcTemplate jdbc) {
        return topics.isEmpty()
                ? List.of()
                : jdbc.query(published, StoreFiguresReader::topic, (Object) topics.toArray(String[]::new));
    }

    private static List<OfTopic> carried(JdbcTemplate jdbc) {
        return jdbc.query(
                """
                select m.topic, coalesce((
                        select sum(p.behind) from changeover.mirror_partition p where p.topic = m.topic), 0),
                    m.failure is not null
                from changeover.mirror m
                """,
                StoreFiguresReader::topic);
    }

    private static OfTopic topic(ResultSet row, int number) throws SQLException {
        return new OfTopic(row.getString(1), row.getLong(2), row.getBoolean(3));
    }

    private boolean isDeclared(String view) {
        return !versions.of(view).isEmpty();
    }

    /** Events carry the time of the node that appended them, so a little less than nothing may have passed. */
    private static double secondsSince(@Nullable String time, Instant now) {
        if (time == null) {
            return 0;
        }
        try {
            return Math.max(
                    0, ChronoUnit.MILLIS.between(OffsetDateTime.parse(time).toInstant(), now) / 1e3);
        } catch (DateTimeException e) {
            return Double.NaN; // not a time as Axon writes it; no other figure suffers for it
        }
    }
}
