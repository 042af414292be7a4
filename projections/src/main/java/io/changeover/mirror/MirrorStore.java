package io.changeover.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.changeover.projection.ProjectionStore;
import io.changeover.publish.TopicMark;
import io.changeover.stream.EventTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;

/** The mirror in the database: events, and in the same transactions how far the partitions have been carried. */
final class MirrorStore {

    /** Another node carries a partition on, so what this one has of it is not to be written. */
    static final class TakenOverException extends RuntimeException {
        TakenOverException(TopicPartition partition) {
            super("partition %d of topic '%s' is carried by another node now"
                    .formatted(partition.partition(), partition.topic()));
        }
    }

    private final String topic;
    private final String node;
    private final ProjectionStore store;
    private final EventTable table;

    MirrorStore(String topic, String node, ProjectionStore store) {
        this.topic = topic;
        this.node = node;
        this.store = store;
        this.table = store.table();
    }

    /**
     * Makes sure that it is this topic from which the events come, and that it has a row for each partition.
     *
     * @param identifier what the brokers call the topic
     * @throws MirrorRefusedException when another one is carried here, or one that was removed and made anew
     */
    void begin(String identifier, int partitions) {
        store.transactions().executeWithoutResult(transaction -> {
            store.jdbc()
                    .update(
                            "insert into changeover.mirror (topic, begun_at) values (?, ?) on conflict do nothing",
                            topic,
                            now());
            String carried =
                    store.jdbc().queryForObject("select topic from changeover.mirror for update", String.class);
            if (!topic.equals(carried)) {
                throw new MirrorRefusedException(
                        topic,
                        "this database has events of topic '%s' already, and those of two topics would lie at the same positions; set changeover.mirror.topic to '%s', or follow the other topic with another database"
                                .formatted(carried, carried));
            }
            store.jdbc().update("update changeover.mirror set identifier = ? where identifier is null", identifier);
            String known = store.jdbc().queryForObject("select identifier from changeover.mirror", String.class);
            if (!identifier.equals(known)) {
                throw new MirrorRefusedException(
                        topic,
                        "it was removed and made anew since it was carried (its identifier is %s and was %s), so its records lie at other offsets; have it carried from its beginning with 'changeover mirror restart', which keeps what is here"
                                .formatted(identifier, known));
            }
            store.jdbc()
                    .update(
                            """
                            insert into changeover.mirror_partition (topic, partition, next_offset)
                            select ?, n, 0 from generate_series(0, ?) n
                            union all select ?, 0, 0
                            on conflict do nothing
                            """,
                            topic,
                            partitions - 1,
                            TopicMark.topicOf(topic));
        });
    }

    /** Offset of the next record of the partition. */
    long offset(TopicPartition partition) {
        return Objects.requireNonNull(store.jdbc()
                .queryForObject(
                        "select next_offset from changeover.mirror_partition where topic = ? and partition = ?",
                        Long.class,
                        partition.topic(),
                        partition.partition()));
    }

    /**
     * Writes the batch, all or nothing.
     *
     * @throws TakenOverException when another node carries one of the partitions on
     * @throws MirrorRefusedException when other events lie at the positions already
     */
    void write(MirrorBatch batch) {
        try {
            store.transactions().executeWithoutResult(transaction -> {
                reach(batch);
                copy(batch.events());
            });
        } catch (DuplicateKeyException e) {
            // So it is once the topic is carried from its beginning again.
            store.transactions().executeWithoutResult(transaction -> {
                reach(batch);
                add(batch.events());
            });
        }
    }

    /** Whether nothing of the topic has been carried here yet. */
    boolean isUntouched() {
        return Boolean.TRUE.equals(store.jdbc()
                .queryForObject(
                        "select not exists (select from changeover.mirror_partition where next_offset > 0) and not exists (select from changeover.mirror_mark)",
                        Boolean.class));
    }

    /**
     * Copies from the origin's store what lies up to the mark, and has the topic followed from there. What was copied before
     * this was cut off stays.
     *
     * @return false when another node is at it
     */
    boolean seed(MirrorSeed seed, TopicMark mark) {
        DataSource source = Objects.requireNonNull(store.jdbc().getDataSource());
        try (Connection lock = source.getConnection();
                Statement statement = lock.createStatement()) {
            // Of the session and not of a transaction, which would stay open for as long as that takes.
            if (!locks(statement, "select pg_try_advisory_lock(hashtext('changeover.mirror.seed'))")) {
                return false;
            }
            try {
                if (isUntouched()) {
                    seed.read(highest(), mark.position(), events -> store.transactions()
                            .executeWithoutResult(transaction -> copy(events)));
                    store.transactions().executeWithoutResult(transaction -> begin(mark));
                }
            } finally {
                var unused = locks(statement, "select pg_advisory_unlock(hashtext('changeover.mirror.seed'))");
            }
            return true;
        } catch (SQLException e) {
            throw new EventStoreException("The lock for beginning a mirror could not be had", e);
        }
    }

    private static boolean locks(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() && result.getBoolean(1);
        }
    }

    private long highest() {
        Long highest = store.jdbc()
                .queryForObject(
                        "select coalesce(max(%s), 0) from %s"
                                .formatted(table.columns().position(), table.events()),
                        Long.class);
        return highest == null ? 0 : highest;
    }

    private void begin(TopicMark mark) {
        for (int partition = 0; partition < mark.offsets().size(); partition++) {
            store.jdbc()
                    .update(
                            "update changeover.mirror_partition set next_offset = ?, node = ? where topic = ? and partition = ? and next_offset = 0",
                            mark.offsets().get(partition),
                            node,
                            topic,
                            partition);
        }
        store.jdbc()
                .update(
                        "insert into changeover.mirror_mark (position, offsets) values (?, ?) on conflict do nothing",
                        mark.position(),
                        mark.offsets().toArray(Long[]::new));
    }

    private void reach(MirrorBatch batch) {
        batch.next().forEach((partition, next) -> {
            int moved = store.jdbc()
                    .update(
                            """
                            update changeover.mirror_partition set next_offset = ?, behind = ?, node = ?
                            where topic = ? and partition = ? and next_offset = ?
                            """,
                            next,
                            batch.behind().get(partition),
                            node,
                            partition.topic(),
                            partition.partition(),
                            batch.from().get(partition));
            if (moved == 0) {
                throw new TakenOverException(partition);
            }
        });
        if (batch.marks().isEmpty()) {
            return;
        }
        // The last mark that is reached says all that those before it do.
        store.jdbc()
                .update(
                        """
                        delete from changeover.mirror_mark where position < (
                            select max(position) from changeover.mirror_mark m
                            where not exists (
                                select from unnest(m.offsets, (select array_agg(next_offset order by partition)
                                    from changeover.mirror_partition where topic = ?)) as o (required, reached)
                                where required > coalesce(reached, 0)))
                        """,
                        topic);
        for (TopicMark mark : batch.marks()) {
            store.jdbc()
                    .update(
                            """
                            insert into changeover.mirror_mark (position, offsets) values (?, ?)
                            on conflict (position) do update set offsets = excluded.offsets
                            """,
                            mark.position(),
                            mark.offsets().toArray(Long[]::new));
        }
    }

    private void copy(List<CarriedEvent> events) {
        if (!events.isEmpty()) {
            var unused = store.jdbc().execute((ConnectionCallback<Integer>) connection -> {
                EventsIn.copy(connection, table, events);
                return events.size();
            });
        }
    }

    private void add(List<CarriedEvent> events) {
        EventTable.Columns columns = table.columns();
        store.jdbc()
                .batchUpdate(
                        "insert into %s (%s) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (%s) do nothing"
                                .formatted(table.events(), EventsIn.columns(columns), columns.position()),
                        events,
                        1_000,
                        (statement, event) -> {
                            statement.setLong(1, event.position());
                            statement.setString(2, text(event.eventId()));
                            statement.setString(3, text(event.aggregateType()));
                            statement.setString(4, text(event.aggregateId()));
                            statement.setLong(5, event.sequence());
                            statement.setString(6, text(event.name()));
                            statement.setString(7, text(event.revision()));
                            statement.setBytes(8, event.payload());
                            statement.setBytes(9, event.metadata());
                            statement.setString(10, text(event.time()));
                        });
        List<Long> others = store.jdbc()
                .queryForList(
                        "select %1$s from unnest(?::bigint[], ?::text[]) as come (position, id) join %2$s on %1$s = position where %3$s <> id order by 1 limit 1"
                                .formatted(columns.position(), table.events(), columns.eventId()),
                        Long.class,
                        events.stream().map(CarriedEvent::position).toArray(Long[]::new),
                        events.stream().map(event -> text(event.eventId())).toArray(String[]::new));
        if (!others.isEmpty()) {
            throw new MirrorRefusedException(
                    topic,
                    "another event lies here at position %d already, so the topic carries events of another store than it did; follow it with another database"
                            .formatted(others.get(0)));
        }
    }

    private static @Nullable String text(byte @Nullable [] utf8) {
        return utf8 == null ? null : new String(utf8, UTF_8);
    }

    /** Lets everybody know why it does not get on, and at which record if it waits at one; null when it does. */
    void failed(@Nullable String why, @Nullable TopicPartition waitsIn, long waitsAt) {
        store.jdbc()
                .update(
                        "update changeover.mirror set failure = ?, failed_at = case when ? then now() end, waits_partition = ?, waits_offset = ?",
                        why,
                        why != null,
                        waitsIn == null ? null : waitsIn.partition(),
                        waitsIn == null ? null : waitsAt);
    }

    /** Forgets what a node said that has not said it again for as long: it has ended, or another has its partitions. */
    void forget(Duration silent) {
        store.jdbc()
                .update(
                        """
                        update changeover.mirror set failure = null, failed_at = null, waits_partition = null, waits_offset = null
                        where failure is not null and failed_at < now() - ? * interval '1 ms'
                        """,
                        silent.toMillis());
    }

    /** Whether somebody has decided that the mirror goes on without the record. */
    boolean isSkipped(int partition, long offset) {
        return !store.jdbc()
                .queryForList(
                        "select 1 from changeover.mirror_skip where partition = ? and record_offset = ?",
                        Integer.class,
                        partition,
                        offset)
                .isEmpty();
    }

    boolean waitsAt(int partition, long offset) {
        return !store.jdbc()
                .queryForList(
                        "select 1 from changeover.mirror where waits_partition = ? and waits_offset = ?",
                        Integer.class,
                        partition,
                        offset)
                .isEmpty();
    }

    void skip(int partition, long offset, String actor, String reason) {
        store.jdbc()
                .update(
                        "insert into changeover.mirror_skip (partition, record_offset, actor, reason, at) values (?, ?, ?, ?, ?) on conflict do nothing",
                        partition,
                        offset,
                        actor,
                        reason,
                        now());
    }

    /** Forgets how far the partitions have been carried, and which topic it was. */
    void restart() {
        store.transactions().executeWithoutResult(transaction -> {
            store.jdbc().update("update changeover.mirror set identifier = null");
            store.jdbc().update("delete from changeover.mirror_partition");
            store.jdbc().update("delete from changeover.mirror_mark");
            store.jdbc().update("delete from changeover.mirror_skip");
        });
    }

    MirrorState state(long position) {
        Map<String, Object> row = store
                .jdbc()
                .queryForList(
                        "select failure, (select count(*) from changeover.mirror_skip) as skipped from changeover.mirror")
                .stream()
                .findFirst()
                .orElse(Map.of("skipped", 0L));
        Long head = store.jdbc()
                .queryForObject(
                        "select coalesce(max(%s), 0) from %s"
                                .formatted(table.columns().position(), table.events()),
                        Long.class);
        Long events = store.jdbc()
                .queryForObject(
                        "select greatest(0, reltuples)::bigint from pg_class where oid = ?::regclass",
                        Long.class,
                        table.events());
        return new MirrorState(
                topic,
                position,
                head == null ? 0 : head,
                events == null ? 0 : events,
                store.jdbc()
                        .query(
                                "select partition, next_offset, behind, node from changeover.mirror_partition where topic = ? order by partition",
                                (result, number) -> new MirrorState.Carried(
                                        result.getInt(1), result.getLong(2), result.getLong(3), result.getString(4)),
                                topic),
                (String) row.get("failure"),
                (Long) row.getOrDefault("skipped", 0L));
    }

    private OffsetDateTime now() {
        return store.clock().instant().atOffset(ZoneOffset.UTC);
    }
}
