package io.changeover.app.security;

import io.changeover.operation.Request;
import org.jspecify.annotations.Nullable;

/** The one place that says in whose name the current HTTP request asks. */
public final class Asked {

    private static final String UNNAMED = "api";
    private static final int LONGEST = 100;

    private Asked() {}

    /**
     * What whoever has signed in asks.
     *
     * @param reason why; may be empty
     */
    public static Request request(String reason) {
        return request(reason, null);
    }

    /**
     * What whoever has sent the current HTTP request asks: in the proven name of a person or of a token of their own, or
     * else in the name that a holder of the shared token gives as a courtesy, or of {@code api}.
     *
     * @param reason why; may be empty
     * @param courtesy name that the request gives, or null for none; never a permission, and not looked at where the name
     *     is proven
     */
    public static Request request(String reason, @Nullable String courtesy) {
        SignedIn caller = SignedIn.current();
        if (caller != null && !caller.shared()) {
            return new Request(caller.name(), reason).ofProvenActor();
        }
        return new Request(courtesy != null && isFit(courtesy) ? courtesy.strip() : UNNAMED, reason);
    }

    private static boolean isFit(String name) {
        return !name.isBlank() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }
}
