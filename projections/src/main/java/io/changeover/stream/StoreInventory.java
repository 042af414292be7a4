package io.changeover.stream;

import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which revisions of which events the store holds, and how many. Kept in the database and counted on from where the last
 * count ended, by any number of nodes. Safe for use by several threads.
 *
 * <p>Exact up to the horizon, as stored events never change. A server that has lost its tail, by a crash with
 * asynchronous commit or a failover, has lost events that may have been counted.
 */
public final class StoreInventory {

    /**
     * The events of one revision.
     *
     * @param revision name and revision as stored
     * @param events how many there are, at least 1
     * @param firstPosition position of the first
     * @param lastPosition position of the last
     */
    public record Entry(Revision revision, long events, long firstPosition, long lastPosition) {}

    private static final String PROGRESS = "select position from changeover.stored_revision_progress for update";
    private static final String ADVANCE = "update changeover.stored_revision_progress set position = ?";
    private static final String ENTRIES =
            "select event_name, revision, events, first_position, last_position from changeover.stored_revision";

    private final OrderedStream stream;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String count;

    /**
     * An inventory of the stream's store. Does not touch the database yet.
     *
     * @param dataSource source of connections to the stream's database, in which {@link StoreSchema} has been there
     */
    public StoreInventory(DataSource dataSource, OrderedStream stream) {
        this.stream = stream;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        // The count must see everything below the horizon and the last count of another node, so it takes no part in a
        // transaction whose snapshot may be older than these.
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        EventTable.Columns columns = stream.table().columns();
        this.count =
                """
                insert into changeover.stored_revision as known
                    (event_name, revision, events, first_position, last_position)
                select %1$s, %2$s, count(*), min(%3$s), max(%3$s) from %4$s where %3$s > ? and %3$s <= ? group by %1$s, %2$s
                on conflict (event_name, revision) do update set
                    events = known.events + excluded.events,
                    last_position = excluded.last_position"""
                        .formatted(
                                columns.name(),
                                columns.revision(),
                                columns.position(),
                                stream.table().events());
    }

    /**
     * Counts what has come since the last count, up to the horizon, and says what there is. The first time that is the
     * whole store. Waits while another node counts. Idempotent, and what fails has changed nothing.
     *
     * @return one entry for each revision, ordered by name and revision; none for an empty store
     * @throws org.springframework.dao.DataAccessException when the database cannot be read or written; the same call can
     *     be made again
     * @throws org.axonframework.eventsourcing.eventstore.EventStoreException likewise
     */
    public List<Entry> refresh() {
        // Before the transaction: all that lies below is visible then to each of its statements, and no thread waits
        // for a second connection while it holds one.
        long horizon = stream.horizon();
        return Objects.requireNonNull(transaction.execute(status -> {
            long counted = Objects.requireNonNull(jdbc.queryForObject(PROGRESS, Long.class));
            if (counted < horizon) {
                jdbc.update(count, counted, horizon);
                jdbc.update(ADVANCE, horizon);
            }
            return entries();
        }));
    }

    private List<Entry> entries() {
        return jdbc
                .query(
                        ENTRIES,
                        (rows, number) -> new Entry(
                                new Revision(rows.getString(1), rows.getString(2)),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5)))
                .stream()
                .sorted(Comparator.comparing(Entry::revision, EventSteps.ORDER))
                .toList();
    }
}
