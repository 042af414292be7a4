package io.changeover.stream;

import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    private static final String BLOCKS =
            """
            select block, sum(events) from changeover.stored_block
            where event_name = any(?) and block between ? and ? group by block order by block""";
    private static final int BLOCK = 1_024;

    private final OrderedStream stream;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String count;
    private final String countSome;

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
                with counted as (
                    select %1$s as name, %2$s as revision, %3$s / %5$d as block, count(*) as events,
                        min(%3$s) as first, max(%3$s) as last
                    from %4$s where %3$s > ? and %3$s <= ? group by 1, 2, 3
                ), blocks as (
                    insert into changeover.stored_block as known (event_name, block, events)
                    select name, block, sum(events) from counted group by name, block
                    on conflict (event_name, block) do update set events = known.events + excluded.events
                )
                insert into changeover.stored_revision as known
                    (event_name, revision, events, first_position, last_position)
                select name, revision, sum(events), min(first), max(last) from counted group by name, revision
                on conflict (event_name, revision) do update set
                    events = known.events + excluded.events,
                    last_position = excluded.last_position"""
                        .formatted(
                                columns.name(),
                                columns.revision(),
                                columns.position(),
                                stream.table().events(),
                                BLOCK);
        this.countSome = "select count(*) from %s where %2$s > ? and %2$s <= ? and %3$s = any(?)"
                .formatted(stream.table().events(), columns.position(), columns.name());
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

    /**
     * Where the events with certain names lie, exactly, as far as the store has been counted: {@link #refresh} after the
     * last position was known to be settled makes sure of that.
     *
     * @param after position after which to look, 0 or greater
     * @param upTo last position to look at; at or below the horizon at the last {@link #refresh}
     * @throws org.springframework.dao.DataAccessException when the database cannot be read; the same call can be made
     *     again
     */
    public HistoryOutline outline(long after, long upTo, Set<String> names) {
        if (names.isEmpty() || upTo <= after) {
            return new HistoryOutline(after, upTo, List.of());
        }
        List<HistoryOutline.Block> blocks = new ArrayList<>();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(BLOCKS);
                    statement.setArray(1, connection.createArrayOf("text", names.toArray()));
                    statement.setLong(2, (after + 1) / BLOCK);
                    statement.setLong(3, upTo / BLOCK);
                    return statement;
                },
                rows -> {
                    long first = Math.max(after + 1, rows.getLong(1) * BLOCK);
                    long last = Math.min(upTo, rows.getLong(1) * BLOCK + BLOCK - 1);
                    boolean whole = last - first == BLOCK - 1;
                    long events = whole ? rows.getLong(2) : countSome(first - 1, last, names);
                    if (events > 0) {
                        blocks.add(new HistoryOutline.Block(first, last, events));
                    }
                });
        return new HistoryOutline(after, upTo, blocks);
    }

    /** The outermost blocks reach beyond what was asked for. */
    private long countSome(long after, long upTo, Set<String> names) {
        Long events = jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(countSome);
                    statement.setLong(1, after);
                    statement.setLong(2, upTo);
                    statement.setArray(3, connection.createArrayOf("text", names.toArray()));
                    return statement;
                },
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                });
        return Objects.requireNonNull(events);
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
