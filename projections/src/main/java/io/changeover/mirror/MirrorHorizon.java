package io.changeover.mirror;

import io.changeover.stream.EventTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The position of the last event that is here with everything before it: the latest mark says up to which offsets of the
 * partitions everything up to a position lies, and the partitions say how far they have been carried. Both are written in
 * the transactions of the events, so whoever asks sees those events in any later statement.
 */
public final class MirrorHorizon implements LongSupplier {

    private final DataSource dataSource;
    private final String sql;
    private final String topic;

    /**
     * @param dataSource connections outside of any transaction
     * @param table where the events are carried
     * @param topic the topic from which they come
     */
    public MirrorHorizon(DataSource dataSource, EventTable table, String topic) {
        this.dataSource = dataSource;
        this.topic = topic;
        this.sql =
                """
                with reached as (
                    select coalesce(array_agg(next_offset order by partition), '{}') as offsets
                    from changeover.mirror_partition where topic = ?)
                select coalesce(max(%1$s), 0) from %2$s where %1$s <= (
                    select position from changeover.mirror_mark m, reached r
                    where not exists (
                        select from unnest(m.offsets, r.offsets) as o (required, reached)
                        where required > coalesce(reached, 0))
                    order by position desc limit 1)"""
                        .formatted(table.columns().position(), table.events());
    }

    /**
     * For an application whose views follow its own store.
     *
     * @throws MirrorRefusedException when those of the database follow a topic, so that their positions mean nothing here
     */
    public static void requireNone(DataSource dataSource) {
        new JdbcTemplate(dataSource)
                .queryForList("select topic from changeover.mirror", String.class).stream()
                        .findFirst()
                        .ifPresent(topic -> {
                            throw new MirrorRefusedException(
                                    topic,
                                    "the views in this database follow it and not the store of this application, in which their positions mean other events, and changeover.mirror.topic is not set; set it to '%s', or use another database"
                                            .formatted(topic));
                        });
    }

    /**
     * For an application whose views follow a topic.
     *
     * @param table where the events are carried, and the tokens of the views
     * @throws MirrorRefusedException when views of the database have followed the application's own store
     */
    public static void requireFree(DataSource dataSource, EventTable table, String topic) {
        new JdbcTemplate(dataSource)
                        .queryForList(
                                """
                        select processor_name from %s
                        where processor_name like '%%@%%' and token is not null
                            and (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint > 0
                            and not exists (select from changeover.mirror)
                        order by 1 limit 1"""
                                        .formatted(table.tokens()),
                                String.class)
                        .stream()
                        .findFirst()
                        .ifPresent(version -> {
                            throw new MirrorRefusedException(
                                    topic,
                                    "version %s in this database has followed the store of this application, and its position would mean another event of the topic; remove changeover.mirror.topic, or have an application with an empty database follow the topic"
                                            .formatted(version));
                        });
    }

    /** @throws EventStoreException when the database cannot be read; the same call can be made again */
    @Override
    public long getAsLong() {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, topic);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            } finally {
                if (!autoCommit) {
                    connection.setAutoCommit(false);
                }
            }
        } catch (SQLException e) {
            throw new EventStoreException(
                    "How far topic '%s' is carried cannot be read: %s; check the database, then try again"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }
}
