package io.changeover.benchmark.invoice;

import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.stream.StoreSchema;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Stores in which the versions are built and live, by their number of rows. Each is made once, from real events by the
 * engine's own backfill, and read only from then on; whoever changes one takes a copy.
 */
public final class InvoiceStores {

    /** Schema for what a benchmark keeps of its own in a store. */
    public static final String SCHEMA = "benchmark";

    private static final List<String> VERSIONS = Stream.of(
                    InvoiceBoards.OLD, InvoiceBoards.NEW, InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST)
            .map(Object::toString)
            .toList();

    private final Server server;
    private final Keys keys;
    private final long seed;
    private final Map<String, String> settings;
    private final Consumer<String> progress;

    /**
     * @param seed decides the events
     * @param settings properties of the application that builds the versions
     * @param progress told what is being made, in a sentence
     */
    public InvoiceStores(Server server, Keys keys, long seed, Map<String, String> settings, Consumer<String> progress) {
        this.server = server;
        this.keys = keys;
        this.seed = seed;
        this.settings = Map.copyOf(settings);
        this.progress = progress;
    }

    /** The store in which each version has exactly that many rows; made when it is not there. */
    public Database of(long rows) {
        String name = "invoices_%d_%s_seed_%d".formatted(rows, keys, seed);
        Database store = server.database(name);
        if (server.has(name) && store.hasTable(SCHEMA + ".made")) {
            return store;
        }
        long started = System.nanoTime();
        server.create(name);
        StoreSchema.migrate(store.dataSource());
        store.run(InvoiceEvents.history(rows, keys, seed));
        store.run("vacuum (freeze, analyze) public.domain_event_entry");
        long events = store.number("select count(*) from public.domain_event_entry");
        progress.accept("Made %,d events of %,d invoices in %.1f s.".formatted(events, rows, seconds(started)));
        build(store);
        // As a server has them after its first quiet minutes, so that no contender pays for the first look at a row.
        VERSIONS.forEach(version -> store.run("vacuum (analyze) " + InvoiceNode.table(version)));
        store.run("create schema " + SCHEMA, "create table %s.made (rows bigint)".formatted(SCHEMA));
        server.settle();
        progress.accept("Built %s after %.1f s in all.".formatted(String.join(", ", VERSIONS), seconds(started)));
        return store;
    }

    private void build(Database store) {
        try (InvoiceNode node = InvoiceNode.start(store, settings)) {
            node.live(InvoiceBoards.OLD, InvoiceBoards.NEW, InvoiceBoards.OLD_LIST, InvoiceBoards.NEW_LIST);
        }
    }

    /** A copy of the store with that many rows, for whoever changes it; the caller drops it. */
    public Database copy(long rows, String name) {
        String original = of(rows).name();
        server.drop(name);
        Database copy = server.copy(original, name);
        copy.run("drop schema %s cascade".formatted(SCHEMA), "create schema " + SCHEMA);
        return copy;
    }

    /**
     * Appends amendments to a store that {@link #copy} has given, each of another invoice as long as there are enough,
     * in transactions of at most as many as there are invoices.
     */
    public void amend(Database store, long rows, long events) {
        for (long left = events; left > 0; left -= rows) {
            store.run(InvoiceEvents.amendments(
                    "select n from generate_series(1, %d) n order by random() limit %d"
                            .formatted(rows, Math.min(rows, left)),
                    keys));
        }
    }

    /** A statement that amends about as many invoices as given, anywhere among the rows. */
    public String amendAnywhere(long rows, int events) {
        return InvoiceEvents.amendments(
                "select distinct 1 + (random() * %d)::bigint as n from generate_series(1, %d)"
                        .formatted(rows - 1, events),
                keys);
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
