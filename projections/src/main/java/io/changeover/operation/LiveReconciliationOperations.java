package io.changeover.operation;

import io.changeover.reconcile.Drift;
import io.changeover.reconcile.Reconciliation;
import io.changeover.reconcile.ReconciliationRefusedException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciliation on this node. Safe for use by several threads. */
public final class LiveReconciliationOperations implements ReconciliationOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveReconciliationOperations.class);

    private final Reconciliation reconciliation;

    /** The verbs over the node's reconciliation. */
    public LiveReconciliationOperations(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Override
    public List<Drift> drift(String view) {
        return reconciliation.drift(view, MAX_ROWS);
    }

    @Override
    public List<Drift> reconcile(String view, boolean all, Request request) {
        if (request.dryRun() != null) {
            would(view, all, request.dryRun());
            return drift(view);
        }
        LOG.info(
                "{} asks for a comparison of {} of {}: {}",
                request.actor(),
                all ? "all rows" : "touched rows",
                view,
                request.reason().isEmpty() ? "no reason given" : request.reason());
        try {
            reconciliation.now(view, all);
        } catch (ReconciliationRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
        return drift(view);
    }

    private void would(String view, boolean all, DryRun dryRun) {
        try {
            reconciliation
                    .comparable(view)
                    .forEach(pair -> dryRun.would(
                            all ? "compare all rows" : "compare touched rows", Map.of("versions", pair.toString())));
        } catch (ReconciliationRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }
}
