package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.reconcile.Drift;
import io.changeover.reconcile.Reconciliation;
import io.changeover.reconcile.VersionPair;

/** Has the node's reconciliation look at the two boards, which it does by itself elsewhere. */
final class Reconciler {

    static final VersionPair BOARDS = VersionPair.of(InvoiceBoards.OLD, InvoiceBoards.NEW);

    private final Reconciliation reconciliation;

    /**
     * What one look came to.
     *
     * @param compared rows that were compared
     * @param differing rows that differ
     */
    record Outcome(long compared, long differing) {}

    /** The node's reconciliation, after a first look, which compares all rows. */
    Reconciler(InvoiceNode node) {
        this.reconciliation = node.get(Reconciliation.class);
        reconcile();
    }

    /** Looks at what events have touched since the last look. */
    Outcome reconcile() {
        long before = reconciliation.compared(BOARDS);
        reconciliation.now(BOARDS.view(), false);
        long differing = reconciliation.latest(BOARDS).map(Drift::rows).orElse(0L);
        return new Outcome(reconciliation.compared(BOARDS) - before, differing);
    }
}
