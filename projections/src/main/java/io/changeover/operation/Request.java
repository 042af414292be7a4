package io.changeover.operation;

/**
 * Who asks, and why. Both are kept in the audit trail.
 *
 * @param actor name of the person or program that asks; never blank
 * @param reason why; may be empty
 */
public record Request(String actor, String reason) {

    /** @throws IllegalArgumentException when the actor is blank; an audit trail without a name is none */
    public Request {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("The actor is blank but every request names who asks; give a name");
        }
    }

    /** A request without a reason. */
    public static Request by(String actor) {
        return new Request(actor, "");
    }
}
