package io.changeover.serving;

import org.jspecify.annotations.Nullable;

/**
 * What stands between a routed call and its answer.
 *
 * @param freshness holds readers to what they have seen, or null where nobody does, so that such readers are refused
 * @param guard protects readers from a new version
 * @param shadow compares answers
 */
public record ReadPath(@Nullable Freshness freshness, Guard guard, Shadow shadow) {

    /** The call and nothing else. */
    public static final ReadPath PLAIN = new ReadPath(null, Guard.NONE, Shadow.NONE);
}
