package io.changeover.operation;

/**
 * Who asks, and why. Both are kept in the audit trail.
 *
 * @param actor name of the person or program that asks; never blank
 * @param reason why; may be empty
 */
public record Request(String actor, String reason) {

    /** A request without a reason. */
    public static Request by(String actor) {
        return new Request(actor, "");
    }
}
