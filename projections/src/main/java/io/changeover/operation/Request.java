package io.changeover.operation;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and why. Both are kept in the audit trail.
 *
 * @param actor name of the person or program that asks; never blank
 * @param reason why; may be empty
 * @param commandId identifier of what is asked, so that it is done once however often it comes, or null
 * @param dryRun what gathers the deeds instead of having them done, or null where they are to be done
 * @param proven whether whoever asks has proven to be the actor; else the name is a courtesy
 */
public record Request(
        String actor, String reason, @Nullable String commandId, @Nullable DryRun dryRun, boolean proven) {

    private static final int LONGEST_ID = 200;

    /** @throws IllegalArgumentException when the actor is blank; an audit trail without a name is none; or when the identifier cannot be one */
    public Request {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("The actor is blank but every request names who asks; give a name");
        }
        if (commandId != null && !isCommandId(commandId)) {
            throw new IllegalArgumentException(
                    "The identifier of a request has %d characters but must have 1 to %d printable ones of ASCII, not only blanks; give another"
                            .formatted(commandId.length(), LONGEST_ID));
        }
    }

    /** Whether the text can be the identifier of a request. */
    public static boolean isCommandId(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(character -> character >= ' ' && character <= '~');
    }

    /** A request that is carried out once, or as often as it comes where the identifier is null. */
    public Request(String actor, String reason, @Nullable String commandId) {
        this(actor, reason, commandId, null, false);
    }

    /** A request that is carried out as often as it comes. */
    public Request(String actor, String reason) {
        this(actor, reason, null, null, false);
    }

    /** The same request, with nothing to be done but to tell the dry run what would be. */
    public Request into(DryRun instead) {
        return new Request(actor, reason, commandId, instead, proven);
    }

    /** The same request under an identifier. */
    public Request named(String id) {
        return new Request(actor, reason, id, dryRun, proven);
    }

    /** The same request of an actor who has been proven to ask it. */
    public Request ofProvenActor() {
        return new Request(actor, reason, commandId, dryRun, true);
    }

    /** A request without a reason. */
    public static Request by(String actor) {
        return new Request(actor, "");
    }
}
