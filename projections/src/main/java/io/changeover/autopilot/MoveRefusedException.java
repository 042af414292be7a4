package io.changeover.autopilot;

import org.jspecify.annotations.Nullable;

/** A move that a rule does not allow now. It has changed nothing; the message says what the rule is and what helps. */
public final class MoveRefusedException extends RuntimeException {

    private final String rule;

    /**
     * @param rule short stable name of the rule
     * @param message sentence with the value, the rule and the remedy
     * @param cause what has refused it, or null
     */
    public MoveRefusedException(String rule, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
