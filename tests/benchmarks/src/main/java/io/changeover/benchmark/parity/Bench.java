package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;

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
        return InvoiceNode.start(store, options.settings());
    }
}
