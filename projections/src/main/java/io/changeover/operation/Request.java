package io.changeover.operation;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and why. Both are kept in the audit trail.
 *
 * @param actor name of the person or program that asks; never blank
 * @param reason why; may be empty
 * @param commandId identifier of what is asked, so that it is done once however often it comes, or null
 */
public record Request(String actor, String reason, @Nullable String commandId) {

    private static final int LONGEST_ID = 200;

    /** @throws IllegalArgumentException when the actor is blank; an audit trail without a name is none; or when the identifier is too long */
    public Request {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("The actor is blank but every request names who asks; give a name");
        }
        if (commandId != null && (commandId.isBlank() || commandId.length() > LONGEST_ID)) {
            throw new IllegalArgumentException(
                    "The identifier of a request has %d characters but must have 1 to %d; give a shorter one"
                            .formatted(commandId.length(), LONGEST_ID));
        }
    }

    /** A request that is carried out as often as it comes. */
    public Request(String actor, String reason) {
        this(actor, reason, null);
    }

    /** The same request under an identifier. */
    public Request named(String id) {
        return new Request(actor, reason, id);
    }

    /** A request without a reason. */
    public static Request by(String actor) {
        return new Request(actor, "");
    }
}
