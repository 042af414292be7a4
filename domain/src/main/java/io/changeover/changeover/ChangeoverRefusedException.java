package io.changeover.changeover;

/** A rule of the changeover does not hold, and nothing has changed. The message names value, rule and remedy. */
public final class ChangeoverRefusedException extends RuntimeException {

    private final String rule;

    ChangeoverRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
