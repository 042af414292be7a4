package io.changeover.serving;

import io.changeover.changeover.Changeover;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The nodes of the application: which are up, and by which decision each of them routes. All times are those of the
 * database, so that clocks of nodes need not agree.
 */
public final class Nodes {

    /** A node that is up tells so this often. */
    static final int HEARTBEAT_SECONDS = 1;

    /** A node that has not told so for this long is silent. */
    public static final int SILENT_SECONDS = 5;

    private static final int LISTEN_MILLIS = 100;

    private final JdbcOperations jdbc;
    private final String node;
    private final String eventTable;

    /**
     * @param node name of this node, unique among all that share the database
     * @param eventTable qualified name of the event table in Axon's layout under Spring's naming
     */
    public Nodes(JdbcOperations jdbc, String node, String eventTable) {
        this.jdbc = jdbc;
        this.node = node;
        this.eventTable = eventTable;
    }

    /** Name of this node. */
    public String name() {
        return node;
    }

    /**
     * A node.
     *
     * @param node its name
     * @param state {@code up}, {@code silent} for one that has not been heard of for five seconds, or {@code stopped}
     * @param startedAt when it started last
     * @param seenAt when it was heard of last
     * @param serves versions that its configuration names, by view; they win over every changeover
     * @param views by which decision it routes each view
     */
    public record Node(
            String node,
            String state,
            Instant startedAt,
            Instant seenAt,
            Map<String, Integer> serves,
            List<Acknowledgement> views) {}

    /**
     * By which decision a node routes a view.
     *
     * @param view name of the view
     * @param sequence number of the view's event that it routes by
     * @param position position of that event in the store
     * @param latest whether it is the latest of the view
     * @param at when the node said so
     */
    public record Acknowledgement(String view, long sequence, long position, boolean latest, Instant at) {}

    /**
     * Tells that this node has started.
     *
     * @param serves versions that its configuration names, by view
     */
    void started(Map<String, Integer> serves) {
        jdbc.update(
                """
                insert into changeover.node (node, started_at, seen_at, serves)
                values (?, clock_timestamp(), clock_timestamp(),
                    coalesce((select jsonb_object_agg(view, version) from unnest(?::text[], ?::int[]) s (view, version)), '{}'))
                on conflict (node) do update
                set started_at = excluded.started_at, seen_at = excluded.seen_at, stopped_at = null, serves = excluded.serves
                """,
                node,
                serves.keySet().toArray(String[]::new),
                serves.values().toArray(Integer[]::new));
    }

    /**
     * Makes sure that nobody else is up under the name of this node. One that was heard of lately may have died just now,
     * so it is listened to for two heartbeats and a half.
     *
     * @throws NodeNameTakenException when it is heard of again
     */
    void requireName() {
        String before = heardOf();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500L * HEARTBEAT_SECONDS);
        while (before != null && System.nanoTime() < until) {
            try {
                TimeUnit.MILLISECONDS.sleep(LISTEN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            String now = heardOf();
            if (now != null && !now.equals(before)) {
                throw new NodeNameTakenException(node);
            }
        }
    }

    /** When somebody of that name was heard of, if that was lately and they have not said that they stop. */
    private @Nullable String heardOf() {
        return jdbc
                .queryForList(
                        """
                        select seen_at::text from changeover.node where node = ? and stopped_at is null
                            and seen_at > clock_timestamp() - make_interval(secs => ?)
                        """,
                        String.class,
                        node,
                        SILENT_SECONDS)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Tells that this node is up. */
    void alive() {
        jdbc.update("update changeover.node set seen_at = clock_timestamp(), stopped_at = null where node = ?", node);
    }

    /** Tells that this node stops. */
    void stopped() {
        jdbc.update("update changeover.node set stopped_at = clock_timestamp() where node = ?", node);
    }

    /** Tells that this node routes the view by the event of that number. */
    void acknowledge(String view, long sequence) {
        jdbc.update(
                """
                insert into changeover.node_acknowledgement (node, view, sequence, position, acknowledged_at)
                select ?, ?, sequence_number, global_index, clock_timestamp()
                from %s where aggregate_identifier = ? and sequence_number = ?
                on conflict (node, view) do update
                set sequence = excluded.sequence, position = excluded.position, acknowledged_at = excluded.acknowledged_at
                """
                        .formatted(eventTable),
                node,
                view,
                Changeover.idOf(view),
                sequence);
    }

    /** The nodes that route the view by its latest event, in order. */
    public List<String> acknowledgedBy(String view) {
        return jdbc.queryForList(
                """
                select node from changeover.node_acknowledgement where view = ? and sequence =
                    (select max(sequence_number) from %s where aggregate_identifier = ?) order by node
                """
                        .formatted(eventTable),
                String.class,
                view,
                Changeover.idOf(view));
    }

    /** The nodes that are up and do not route the view by its latest event yet, in order. */
    public List<String> awaited(String view) {
        return jdbc.queryForList(
                """
                select n.node from changeover.node n
                left join changeover.node_acknowledgement a on a.node = n.node and a.view = ?
                where n.stopped_at is null and n.seen_at > clock_timestamp() - make_interval(secs => ?)
                and coalesce(a.sequence, -1) < (select max(sequence_number) from %s where aggregate_identifier = ?)
                order by n.node
                """
                        .formatted(eventTable),
                String.class,
                view,
                SILENT_SECONDS,
                Changeover.idOf(view));
    }

    /**
     * Who routes a view by its latest event.
     *
     * @param by nodes that do, in order
     * @param awaited nodes that are up and do not yet, in order
     */
    public record Acknowledged(List<String> by, List<String> awaited) {}

    /** What {@link #acknowledgedBy} and {@link #awaited} tell, for many views by one statement. */
    public Map<String, Acknowledged> acknowledged(Collection<String> views) {
        Map<String, Acknowledged> all = new HashMap<>();
        views.forEach(view -> all.put(view, new Acknowledged(new ArrayList<>(), new ArrayList<>())));
        if (views.isEmpty()) {
            return all;
        }
        jdbc.query(
                """
                select v.view, n.node, coalesce(a.sequence = latest.sequence, false)
                from unnest(?::text[], ?::text[]) v (view, aggregate)
                cross join lateral
                    (select max(sequence_number) as sequence from %s where aggregate_identifier = v.aggregate) latest
                cross join changeover.node n
                left join changeover.node_acknowledgement a on a.node = n.node and a.view = v.view
                where a.sequence = latest.sequence
                    or (n.stopped_at is null and n.seen_at > clock_timestamp() - make_interval(secs => ?)
                        and coalesce(a.sequence, -1) < latest.sequence)
                order by v.view, n.node
                """
                        .formatted(eventTable),
                row -> {
                    Acknowledged of = Objects.requireNonNull(all.get(row.getString(1)));
                    (row.getBoolean(3) ? of.by() : of.awaited()).add(row.getString(2));
                },
                views.toArray(String[]::new),
                views.stream().map(Changeover::idOf).toArray(String[]::new),
                SILENT_SECONDS);
        return all;
    }

    /** The nodes that are up and whose configuration has them answer readers of the view by the version, in order. */
    public List<String> configuredFor(String view, int version) {
        return jdbc.queryForList(
                """
                select node from changeover.node
                where stopped_at is null and seen_at > clock_timestamp() - make_interval(secs => ?)
                and (serves ->> ?)::int = ? order by node
                """,
                String.class,
                SILENT_SECONDS,
                view,
                version);
    }

    /** All nodes that were ever heard of, in order. */
    public List<Node> all() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        jdbc.query(
                """
                select n.node, n.started_at, n.seen_at,
                    case when n.stopped_at is not null then 'stopped'
                        when n.seen_at > clock_timestamp() - make_interval(secs => %d) then 'up' else 'silent' end,
                    s.view, s.version::int
                from changeover.node n left join lateral jsonb_each_text(n.serves) s (view, version) on true
                order by n.node, s.view
                """
                        .formatted(SILENT_SECONDS),
                row -> {
                    String name = row.getString(1);
                    Node known = nodes.get(name);
                    if (known == null) {
                        known = new Node(
                                name,
                                row.getString(4),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                new LinkedHashMap<>(),
                                new ArrayList<>());
                        nodes.put(name, known);
                    }
                    String view = row.getString(5);
                    if (view != null) {
                        known.serves().put(view, row.getInt(6));
                    }
                });
        jdbc.query(
                """
                select a.node, a.view, a.sequence, a.position, a.acknowledged_at, a.sequence >=
                    (select coalesce(max(sequence_number), -1) from %s where aggregate_identifier = 'changeover:' || a.view)
                from changeover.node_acknowledgement a order by a.node, a.view
                """
                        .formatted(eventTable),
                row -> {
                    @Nullable Node known = nodes.get(row.getString(1));
                    if (known != null) {
                        known.views()
                                .add(new Acknowledgement(
                                        row.getString(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getBoolean(6),
                                        row.getObject(5, OffsetDateTime.class).toInstant()));
                    }
                });
        return List.copyOf(nodes.values());
    }
}
