package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the event store so that no event is ever skipped and every reader sees one order: that of the positions. Safe
 * for use by several threads, which share what is known about the end of the store.
 *
 * <p>Positions come from a sequence, and transactions commit in an order of their own, so below the highest visible
 * position there can be gaps, which a slow transaction may yet fill or a rolled-back one has left for ever. A page ends
 * below the first gap that could still be filled. Which could, PostgreSQL itself knows:
 *
 * <ol>
 *   <li>A later position is visible, so the value of the gap was handed out before that was read.
 *   <li>{@code nextval} locks the sequence in mode {@code RowExclusiveLock} before it hands out a value, and keeps the
 *       lock until the main transaction ends, also past the rollback of a savepoint ({@code lock_and_open_sequence} in
 *       {@code src/backend/commands/sequence.c}: {@code TopTransactionResourceOwner}). An insert locks the table alike.
 *       So whoever could fill the gap is among the holders in {@code pg_locks} that are taken after that read, or has
 *       ended. Locks of this mode are mostly taken on the fast path, and {@code pg_locks} shows those too (documentation
 *       of the view; {@code GetLockStatusData} in {@code src/backend/storage/lmgr/lock.c} looks at fast-path locks
 *       first, so that one on its way into the main table is seen twice rather than not at all).
 *   <li>A transaction becomes visible before it releases its locks ({@code CommitTransaction} in
 *       {@code src/backend/access/transam/xact.c}: {@code ProcArrayEndTransaction}, later {@code ResourceOwnerRelease};
 *       {@code FinishPreparedTransaction} in {@code twophase.c} keeps the same order). So once those holders have ended,
 *       a read that begins afterwards shows the event, or the gap stays for ever.
 * </ol>
 *
 * <p>Holders that come later cannot have the old value, so new writers, however many, hold nothing up; nor does a
 * transaction that works on other tables, however long. There is no timeout. A transaction that was prepared for
 * two-phase commit and then forgotten holds the stream up until it is committed or rolled back, as it must.
 *
 * <p>It is exact where each value of the sequence is used by the transaction that drew it, which {@link SequenceCheck}
 * makes sure of as far as the sequence shows it, and on the primary: a standby does not show the writers' locks.
 * Partitioned and inherited event tables are not supported.
 *
 * <p>The data source must give connections that take no part in a transaction around the call, so no
 * transaction-aware proxy. Calls made within a transaction do not see its own events before it has ended.
 */
public final class OrderedStream {

    private static final Logger log = LoggerFactory.getLogger(OrderedStream.class);
    private static final int LOOK_AHEAD = 10_000;

    private final EventRows rows;
    private final EventCopy copy;
    private final @Nullable LongSupplier complete;
    private final AtomicReference<Settlement> settlement = new AtomicReference<>(Settlement.NOTHING);

    /**
     * A stream over the table. Does not touch the database yet.
     *
     * @param dataSource source of connections to the primary, outside any transaction
     * @param table where the events lie
     */
    public OrderedStream(DataSource dataSource, EventTable table) {
        this(dataSource, table, null);
    }

    private OrderedStream(DataSource dataSource, EventTable table, @Nullable LongSupplier complete) {
        this.rows = new EventRows(dataSource, table);
        this.copy = new EventCopy(dataSource, table);
        this.complete = complete;
    }

    /**
     * A stream over a table to which one writer carries events that have their positions already, in whatever order. Gaps
     * in it say nothing, as not all positions of the origin are carried, so the writer says how far it is.
     *
     * @param complete position of an event at or below which everything has been committed to the table; 0 for none
     */
    public static OrderedStream carried(DataSource dataSource, EventTable table, LongSupplier complete) {
        return new OrderedStream(dataSource, table, complete);
    }

    /** Where the events lie. */
    public EventTable table() {
        return rows.table();
    }

    /**
     * Events after a position, in order.
     *
     * @param after position up to which the reader has everything: 0, or one that a page of this store gave
     * @param limit greatest number of events, at least 1
     * @return a page whose position equals {@code after} when nothing can be said yet; one with fewer events than the
     *     limit need not be the last
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     */
    public Page read(long after, int limit) {
        return page(after, limit, null);
    }

    /**
     * Events with certain names after a position, in order. The position of the page moves over all other events too.
     *
     * @param after position up to which the reader has everything: 0, or one that a page of this store gave
     * @param limit greatest number of events, at least 1
     * @param names event names that the reader wants
     * @return a page whose position equals {@code after} when nothing can be said yet; one with fewer events than the
     *     limit need not be the last
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     */
    public Page read(long after, int limit, Set<String> names) {
        return page(after, limit, names);
    }

    /**
     * Gives the events of a stretch of settled history with certain names, in order, in one statement that holds its
     * snapshot for as long as the sink takes them: for stretches of some ten thousand events.
     *
     * @param after position after which the stretch begins, 0 or greater
     * @param upTo its last position; at or below the horizon, since what lies above may still change
     * @param names event names that the reader wants; none give nothing
     * @param sink what takes the events; whatever it throws ends the reading and comes out of here
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     * @throws IllegalArgumentException when the stretch is not settled as far as this node knows
     */
    public void history(long after, long upTo, Set<String> names, Consumer<StoredEvent> sink) {
        if (after < 0 || upTo > known().position()) {
            throw new IllegalArgumentException(
                    "History from position %d to %d must lie between 0 and the horizon %d; ask for the horizon first"
                            .formatted(after, upTo, known().position()));
        }
        copy.read(after, upTo, names, sink);
    }

    /**
     * The highest position below which no event can appear any more; 0 for an empty store. Never decreases
     * unless the store itself has lost events.
     *
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     */
    public long horizon() {
        long horizon = known().position();
        long next = edge(horizon);
        while (next > horizon) {
            if (complete == null && next - horizon >= LOOK_AHEAD) {
                // Far behind, as on a node that has just started: one look at the holders may settle all at once.
                settle();
            }
            horizon = Math.max(next, known().position());
            next = edge(horizon);
        }
        return horizon;
    }

    /**
     * The highest visible position, above or at the horizon; 0 for an empty store.
     *
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     */
    public long head() {
        return rows.head();
    }

    /**
     * Says that a reader of the ordered stream has passed the position, on this node before it started or on another, so
     * that nothing at or below it can appear any more. Saves finding out again.
     *
     * @param position position of an event that was delivered, as a stored token of a view version names it, or 0
     */
    public void passed(long position) {
        settlement.updateAndGet(now -> now.reached(position));
    }

    /**
     * The highest position that lies before every event of that time or later; at most the horizon. Looks at every
     * event, as times are neither indexed nor in order.
     *
     * @throws EventStoreException when the database cannot be read; the same call can be made again
     */
    public long before(Instant time) {
        // Taken first, so that what lies below it is visible to the search.
        long horizon = horizon();
        return Math.min(horizon, rows.before(time).orElse(horizon));
    }

    private Page page(long after, int limit, @Nullable Set<String> names) {
        if (after < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Position %d must be 0 or greater and limit %d at least 1; correct the call"
                            .formatted(after, limit));
        }
        // The edge must be known before the events are read. The other way round, an event could commit after the
        // read, the edge then move past it, and the page claim to cover what it has not seen.
        long edge = edge(after);
        if (edge == after) {
            return new Page(List.of(), after);
        }
        List<StoredEvent> events = rows.events(after, edge, limit, names);
        if (events.size() == limit) {
            return new Page(wanted(events, names), events.get(limit - 1).position());
        }
        // An edge is always the position of an event. Where that event has gone, the server has lost its tail, by a
        // crash with asynchronous commit or a failover, and will hand out those positions again.
        if (events.isEmpty() || events.get(events.size() - 1).position() != edge) {
            log.error(
                    "The event at position {} of '{}' has vanished; what was known about the end of the store is dropped. Compare the views with the store",
                    edge,
                    table().events());
            settlement.set(Settlement.NOTHING);
            return new Page(List.of(), after);
        }
        return new Page(wanted(events, names), edge);
    }

    private static List<StoredEvent> wanted(List<StoredEvent> events, @Nullable Set<String> names) {
        int last = events.size() - 1;
        return names == null || names.contains(events.get(last).name()) ? events : events.subList(0, last);
    }

    /** A position at or above {@code after} such that nothing between the two can appear any more. */
    private long edge(long after) {
        long settled = known().position();
        if (after < settled) {
            return settled;
        }
        if (complete != null) {
            long reached = complete.getAsLong();
            settlement.updateAndGet(now -> now.reached(reached));
            return Math.max(after, reached);
        }
        EventRows.Run run = rows.run(after, LOOK_AHEAD);
        if (run.seen() == 0) {
            return after;
        }
        // What lies between the settled position and a reader further on is not known here, only what follows it.
        settlement.updateAndGet(now -> after <= now.position() ? now.reached(run.end()) : now);
        boolean farBehind = run.seen() == LOOK_AHEAD;
        if (run.end() > after && !farBehind) {
            return run.end();
        }
        settle();
        if (run.gap() && known().position() <= after) {
            // What was pending may have ended just now and yet say nothing about a gap that came later.
            settle();
        }
        return Math.max(run.end(), known().position());
    }

    private Settlement known() {
        return Objects.requireNonNull(settlement.get());
    }

    /** Takes one look at the holders, and moves the settled position when those that matter have ended. */
    private void settle() {
        Settlement before = known();
        Settlement after;
        if (before.pending() == null) {
            long head = rows.head();
            after = head <= before.position() ? before : before.seen(head, rows.holders());
        } else {
            after = before.observed(rows.holders());
        }
        // Only in place of the state that was looked at: what another thread began to wait for in the meantime is not
        // among the holders seen here. Losing this look costs nothing but another one.
        settlement.compareAndSet(before, after);
    }
}
