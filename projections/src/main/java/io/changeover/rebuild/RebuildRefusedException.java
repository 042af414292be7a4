package io.changeover.rebuild;

/** A rebuild cannot be done as asked, and nothing has changed. The message names the value, the rule and the remedy. */
public final class RebuildRefusedException extends RuntimeException {

    private final String rule;

    /** @param rule short stable name of the rule, fit for programs */
    public RebuildRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
