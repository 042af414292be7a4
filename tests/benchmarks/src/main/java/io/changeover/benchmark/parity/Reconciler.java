package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;

/**
 * Compares what was touched since it was asked last. This is where continuous reconciliation is plugged in: what
 * {@link #of} gives is what the experiment drives.
 */
@FunctionalInterface
interface Reconciler {

    /**
     * What one reconciliation came to.
     *
     * @param compared rows that were compared
     * @param differing rows that differ
     */
    record Outcome(long compared, long differing) {}

    /** Reconciles once. */
    Outcome reconcile();

    /** The reconciler that is measured, for the two boards; nothing before now is of interest to it. */
    static Reconciler of(InvoiceNode node, Database store) {
        return new TouchedHomes(node, store);
    }
}
