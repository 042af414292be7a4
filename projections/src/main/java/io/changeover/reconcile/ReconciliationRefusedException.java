package io.changeover.reconcile;

/** What was asked of the reconciliation cannot be done now; the message names the remedy. */
public final class ReconciliationRefusedException extends RuntimeException {

    private final String rule;

    ReconciliationRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
