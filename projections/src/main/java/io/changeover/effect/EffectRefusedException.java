package io.changeover.effect;

/** What was asked for an effect cannot be done now, and nothing has changed; the message names the remedy. */
public final class EffectRefusedException extends RuntimeException {

    private final String rule;

    EffectRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule, fit for programs. */
    public String rule() {
        return rule;
    }
}
