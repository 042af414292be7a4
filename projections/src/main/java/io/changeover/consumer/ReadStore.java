package io.changeover.consumer;

import io.changeover.changeover.Changeover;
import io.changeover.changeover.StillReading;
import io.changeover.serving.Nodes;
import io.changeover.stream.EventTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Counted reads in the database. Safe for use by several threads. */
public final class ReadStore {

    private static final int MAX_DAYS = 1_000;

    private final JdbcOperations jdbc;
    private final EventTable events;
    private final String node;

    /**
     * @param node name of this node, unique among all that share the database
     * @param events where the event store lies, which knows when readers were moved
     */
    public ReadStore(JdbcOperations jdbc, EventTable events, String node) {
        this.jdbc = jdbc;
        this.events = events;
        this.node = node;
    }

    /** Adds the counts once, however often they are sent in a row. The rows are taken in order, so nodes never lock crosswise. */
    void add(Batch batch) {
        List<Map.Entry<Batch.Key, Batch.Count>> counts =
                List.copyOf(batch.counts().entrySet());
        jdbc.update(
                """
                with fresh as (
                    insert into changeover.consumer_batch (node, batch) values (?, ?)
                    on conflict (node) do update set batch = excluded.batch where consumer_batch.batch <> excluded.batch
                    returning node)
                insert into changeover.consumer_read
                    (day, consumer, view, version, api_version, reason, sequence, calls, last_seen)
                select * from unnest(?::text[]::date[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::bigint[],
                    ?::bigint[], ?::text[]::timestamptz[]) as added
                where exists (select from fresh)
                order by 1, 2, 3, 4, 5, 6, 7
                on conflict (day, consumer, view, version, api_version, reason, sequence) do update
                set calls = consumer_read.calls + excluded.calls,
                    last_seen = greatest(consumer_read.last_seen, excluded.last_seen)
                """,
                node,
                batch.id(),
                texts(counts, count -> count.getKey().day()),
                texts(counts, count -> count.getKey().consumer()),
                texts(counts, count -> count.getKey().view()),
                counts.stream().map(count -> count.getKey().version()).toArray(Integer[]::new),
                texts(counts, count -> count.getKey().apiVersion()),
                texts(counts, count -> count.getKey().reason()),
                counts.stream().map(count -> count.getKey().sequence()).toArray(Long[]::new),
                counts.stream().map(count -> count.getValue().calls()).toArray(Long[]::new),
                texts(counts, count -> count.getValue().lastSeen()));
    }

    private static String[] texts(
            List<Map.Entry<Batch.Key, Batch.Count>> counts,
            Function<Map.Entry<Batch.Key, Batch.Count>, Object> column) {
        return counts.stream().map(column).map(Object::toString).toArray(String[]::new);
    }

    /**
     * Tells that this node has told everything up to now, and by which events it routes.
     *
     * @param patience after which it is overdue with the next time
     */
    void collected(Duration patience) {
        jdbc.update(
                """
                insert into changeover.consumer_collection (node, view, sequence, before, collected_at, due_at)
                select node, view, sequence, -1, clock_timestamp(), clock_timestamp() + make_interval(secs => ?)
                from changeover.node_acknowledgement where node = ?
                on conflict (node, view) do update
                set before = consumer_collection.sequence, sequence = excluded.sequence,
                    collected_at = excluded.collected_at, due_at = excluded.due_at
                """,
                patience.toMillis() / 1e3,
                node);
    }

    /** Number of the view's event that moved readers last; empty where none has. */
    OptionalLong shiftedBy(String view) {
        EventTable.Columns columns = events.columns();
        Long sequence = jdbc.queryForObject(
                "select max(%s) from %s where %s = ? and %s = 'changeover.reads-shifted'"
                        .formatted(columns.sequence(), events.events(), columns.aggregateId(), columns.name()),
                Long.class,
                Changeover.idOf(view));
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    /**
     * The nodes that are up, route the view, and have not told yet what was read for a whole interval after that event, in
     * order.
     */
    List<String> untold(String view, long sequence) {
        return jdbc.queryForList(
                """
                select n.node from changeover.node n
                join changeover.node_acknowledgement a on a.node = n.node and a.view = ?
                left join changeover.consumer_collection c on c.node = a.node and c.view = a.view
                where n.stopped_at is null and n.seen_at > clock_timestamp() - make_interval(secs => ?)
                and not coalesce(c.before >= ? and c.collected_at >= n.started_at and c.due_at > clock_timestamp(), false)
                order by n.node
                """,
                String.class,
                view,
                Nodes.SILENT_SECONDS,
                sequence);
    }

    /** Who was answered by the version under that event or later ones, and since that time too; the most frequent first. */
    List<StillReading> readers(String view, int version, long sequence, Instant since, Predicate<String> declared) {
        return jdbc.query(
                """
                select consumer, sum(calls), max(last_seen) from changeover.consumer_read
                where view = ? and version = ? and sequence >= ?
                group by consumer having max(last_seen) >= ? order by 2 desc, 1
                """,
                (row, number) -> new StillReading(
                        row.getString(1),
                        declared.test(row.getString(1)),
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()),
                view,
                version,
                sequence,
                since.atOffset(ZoneOffset.UTC));
    }

    /**
     * What was read by whom, by consumer, view, version and version of the API.
     *
     * @param view only of this view; null for all
     */
    public List<ObservedRead> observed(LocalDate today, @Nullable String view) {
        return jdbc.query(
                """
                select consumer, view, version, api_version, coalesce(sum(calls) filter (where day = ?), 0),
                    coalesce(sum(calls) filter (where day > ?), 0), max(last_seen)
                from changeover.consumer_read where ?::text is null or view = ?
                group by 1, 2, 3, 4 order by 1, 2, 3, 4
                """,
                (row, number) -> new ObservedRead(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getObject(7, OffsetDateTime.class).toInstant()),
                today,
                today.minusDays(7),
                view,
                view);
    }

    /** What the consumer has read on each day, the latest first, at most 1,000 rows. */
    public List<ObservedDay> days(String consumer, @Nullable String view) {
        return jdbc.query(
                """
                select day, view, version, api_version, reason, sum(calls), max(last_seen)
                from changeover.consumer_read where consumer = ? and (?::text is null or view = ?)
                group by 1, 2, 3, 4, 5 order by 1 desc, 2, 3, 4, 5 limit ?
                """,
                (row, number) -> new ObservedDay(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getObject(7, OffsetDateTime.class).toInstant()),
                consumer,
                view,
                view,
                MAX_DAYS);
    }

    /** Removes what was counted before that day. */
    void remove(LocalDate before) {
        jdbc.update("delete from changeover.consumer_read where day < ?", before);
    }
}
