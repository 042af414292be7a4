package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.parity.HomesReport;
import java.util.HashSet;
import java.util.Set;

/** Reconciles by hand: the homes of all events since the last time, and those that were in flight then. */
final class TouchedHomes implements Reconciler {

    private final InvoiceNode node;
    private final Database store;
    private final Set<String> again = new HashSet<>();
    private long position;

    TouchedHomes(InvoiceNode node, Database store) {
        this.node = node;
        this.store = store;
        this.position = low();
    }

    private long low() {
        return Math.min(node.low(InvoiceBoards.OLD), node.low(InvoiceBoards.NEW));
    }

    @Override
    public Outcome reconcile() {
        long now = low();
        Set<String> homes = new HashSet<>(again);
        // An invoice is its own aggregate, so the aggregate is the home.
        homes.addAll(store.texts(
                """
                select distinct aggregate_identifier from public.domain_event_entry
                where global_index > %d and global_index <= %d"""
                        .formatted(position, now)));
        position = now;
        again.clear();
        if (homes.isEmpty()) {
            return new Outcome(0, 0);
        }
        HomesReport report = node.parity().homes(InvoiceBoards.OLD, InvoiceBoards.NEW, homes, row -> {});
        again.addAll(report.inFlight());
        return new Outcome(report.rowsCompared(), report.differing());
    }
}
