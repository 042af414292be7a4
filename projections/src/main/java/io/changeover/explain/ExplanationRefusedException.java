package io.changeover.explain;

/** A row cannot be explained as asked. The message names the value, the rule and the remedy. */
public final class ExplanationRefusedException extends RuntimeException {

    private final String rule;

    ExplanationRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
