package io.changeover.examples.orders.model;

import org.axonframework.common.AxonNonTransientException;

/** An aggregate refused a command. A retry cannot help; another command may. */
public final class CommandRefusedException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final String aggregateId;

    /** A refusal with the value, the rule and the remedy in its message. */
    public CommandRefusedException(String aggregateId, String message) {
        super(message);
        this.aggregateId = aggregateId;
    }

    /** Identifier of the aggregate that refused. */
    public String aggregateId() {
        return aggregateId;
    }
}
