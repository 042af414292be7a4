package io.changeover.simulation;

/** A version cannot be simulated, and nothing has changed; the message names the remedy. */
public final class SimulationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String rule;

    SimulationRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Short stable name of the rule. */
    public String rule() {
        return rule;
    }
}
