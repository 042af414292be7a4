package io.changeover.operation;

/**
 * A rule does not hold for what was asked, and nothing has changed. Whether a later try can succeed depends on the rule;
 * the message names the remedy.
 */
public final class OperationRefusedException extends RuntimeException {

    private final String rule;

    /**
     * @param rule short stable name of the rule, such as {@code shift-before-backfill}
     * @param message sentence with the value, the rule and the remedy
     */
    public OperationRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
