package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.replay.store.Database;
import java.util.HashSet;
import java.util.Set;

/**
 * A change by hand of some rows of a version's table, which is undone at the end. What may change are the rows under the
 * given keys, whether they are there or not.
 */
final class Planted implements AutoCloseable {

    private static final String KEYS = InvoiceStores.SCHEMA + ".planted_key";
    private static final String SAVED = InvoiceStores.SCHEMA + ".planted_row";

    private final Database store;
    private final String table;

    private Planted(Database store, String table) {
        this.store = store;
        this.table = table;
    }

    /**
     * Changes rows.
     *
     * @param table qualified name
     * @param keys query of the keys, as {@code invoice_id}
     * @param change statements in which {@code %1$s} stands for the table and {@code %2$s} for the table of the keys
     */
    static Planted into(Database store, String table, String keys, String... change) {
        store.run(
                "drop table if exists " + KEYS,
                "drop table if exists " + SAVED,
                "create table %s as %s".formatted(KEYS, keys),
                "create table %s as select * from %s where invoice_id in (select invoice_id from %s)"
                        .formatted(SAVED, table, KEYS));
        for (String sql : change) {
            store.run(sql.formatted(table, KEYS));
        }
        return new Planted(store, table);
    }

    /** Number of keys. */
    long count() {
        return store.number("select count(*) from " + KEYS);
    }

    /** The keys. */
    Set<String> keys() {
        return new HashSet<>(store.texts("select invoice_id from " + KEYS));
    }

    @Override
    public void close() {
        store.run(
                "delete from %s where invoice_id in (select invoice_id from %s)".formatted(table, KEYS),
                "insert into %s select * from %s".formatted(table, SAVED),
                "drop table " + KEYS,
                "drop table " + SAVED);
    }
}
