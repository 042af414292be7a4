package io.changeover.mirror;

import io.changeover.stream.EventTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

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
