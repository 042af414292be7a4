package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every experiment works with.
 *
 * @param options what to measure
 * @param server the database server
 * @param stores stores of invoices on it
 * @param report where figures go
 */
record Bench(ParityRunOptions options, Server server, InvoiceStores stores, Report report) {

    /** A node on the store, with this run's settings. */
    InvoiceNode node(Database store) {
        return node(store, Map.of());
    }

    /** A node on the store, with this run's settings and some more. */
    InvoiceNode node(Database store, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(options.settings());
        settings.putAll(more);
        return InvoiceNode.start(store, settings);
    }
}
