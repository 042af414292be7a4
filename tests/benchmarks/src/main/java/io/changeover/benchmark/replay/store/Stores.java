package io.changeover.benchmark.replay.store;

import io.changeover.stream.StoreSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.core.BaseConnection;

/** Event stores by their size. Each is made once and left alone from then on; whoever reads it drops only what is its own. */
public final class Stores {

    /** Schema for what the benchmark keeps of its own in a store. */
    public static final String SCHEMA = "benchmark";

    private static final int MAX_WINDOW = 3_000;
    private static final int MIN_WINDOW = 50;
    private static final int EVENTS_OF_WINDOW = 100;

    /** Changes of contacts, which the example has none of. */
    private static final double RESERVE = 1.01;

    /** A store begins with customers and has few lines at first. */
    private static final long EVENTS_UNTIL_LINES = 3;

    private static final Instant START = Instant.parse("2003-01-06T00:00:00Z");
    private static final long MILLIS_BETWEEN = 250;

    private final Server server;
    private final Template template;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param progress told what is being made, in a sentence
     */
    public Stores(Server server, Template template, long seed, Consumer<String> progress) {
        this.server = server;
        this.template = template;
        this.seed = seed;
        this.progress = progress;
    }

    /** How many customers are active at once in a store of that size: fewer in a small one, so that its orders end too. */
    public static int window(long events) {
        return (int) Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, events / EVENTS_OF_WINDOW));
    }

    /** How many events hold as many order lines as given, or somewhat more. */
    public long eventsFor(long lines) {
        double events = (double) lines * template.events() / template.lines();
        return Math.round(events * RESERVE) + window(lines) * EVENTS_UNTIL_LINES;
    }

    /** The store with exactly that many events; made when it is not there. */
    public Database of(long events) {
        String name = "events_%d_seed_%d".formatted(events, seed);
        Database store = server.database(name);
        if (server.has(name) && store.hasTable(SCHEMA + ".made")) {
            return store;
        }
        long started = System.nanoTime();
        server.create(name);
        StoreSchema.migrate(store.dataSource());
        fill(store, events);
        store.run(
                "vacuum (freeze, analyze) public.domain_event_entry",
                "create schema " + SCHEMA,
                "create table %s.made (events bigint)".formatted(SCHEMA),
                "insert into %s.made values (%d)".formatted(SCHEMA, events));
        server.settle();
        double seconds = (System.nanoTime() - started) / 1e9;
        progress.accept(
                "Made a store of %,d events in %.1f s, %,.0f a second.".formatted(events, seconds, events / seconds));
        return store;
    }

    /** A copy of the store with that many events, for whoever appends to it; the caller drops it. */
    public Database copy(long events, String name) {
        String original = of(events).name();
        server.drop(name);
        progress.accept("Copying a store of %,d events.".formatted(events));
        Database copy = server.copy(original, name);
        copy.run("drop schema %s cascade".formatted(SCHEMA), "create schema " + SCHEMA); // true of the original alone
        return copy;
    }

    /** Keys and indexes come after the events, because one built at once takes a fraction of one kept at every event. */
    private void fill(Database store, long events) {
        List<String> keys = store.texts(
                """
                select format('alter table public.domain_event_entry add constraint %I %s', conname,
                    pg_get_constraintdef(oid))
                from pg_constraint where conrelid = 'public.domain_event_entry'::regclass and contype in ('p', 'u')
                """);
        store.texts(
                        """
                        select format('alter table public.domain_event_entry drop constraint %I', conname)
                        from pg_constraint where conrelid = 'public.domain_event_entry'::regclass
                            and contype in ('p', 'u')
                        """)
                .forEach(store::run);
        copy(store, events);
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set maintenance_work_mem = '512MB'");
            for (String key : keys) {
                statement.execute(key);
            }
            statement.execute("select setval(pg_get_serial_sequence('public.domain_event_entry', 'global_index'), %d)"
                    .formatted(events));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void copy(Database store, long events) {
        Traffic traffic = new Traffic(template, seed, window(events));
        try (Connection connection = store.connect();
                EventCopy copy = new EventCopy(connection.unwrap(BaseConnection.class), seed, START, MILLIS_BETWEEN)) {
            for (long i = 0; i < events; i++) {
                copy.write(traffic.next());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a store holds, one line for each thing worth knowing. */
    public static List<String> description(Database store) {
        return store.texts(
                """
                with stored as (
                    select payload_type as name, payload_revision as revision, count(*) as events
                    from public.domain_event_entry where type in ('Customer', 'Order', 'Payment') group by 1, 2),
                total as (select sum(events) as events from stored)
                select format('%s events, %s of them (%s %%) in an old revision; %s, mean payload %s bytes',
                    total.events,
                    sum(stored.events) filter (where (name, revision) in (('order.status-changed', '1'),
                        ('order.placed', '1'), ('order.line-added', '1'), ('customer.registered', '1'),
                        ('customer.registered', '2'), ('customer.contact-changed', '1'),
                        ('customer.credit-limit-set', '1'), ('payment.received', '1'), ('payment.received', '2'))),
                    round(100 * sum(stored.events) filter (where (name, revision) in (('order.status-changed', '1'),
                        ('order.placed', '1'), ('order.line-added', '1'), ('customer.registered', '1'),
                        ('customer.registered', '2'), ('customer.contact-changed', '1'),
                        ('customer.credit-limit-set', '1'), ('payment.received', '1'), ('payment.received', '2')))
                        / total.events, 1),
                    pg_size_pretty(pg_total_relation_size('public.domain_event_entry')),
                    (select round(avg(octet_length(payload))) from public.domain_event_entry
                        tablesample system (1)))
                from stored, total group by total.events
                union all
                select string_agg(format('%s/%s %s', name, revision, events), ', ' order by name, revision) from stored
                """);
    }
}
