package io.changeover.serving;

import io.changeover.trace.Traces;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a routed call and its answer.
 *
 * @param freshness holds readers to what they have seen, or null where nobody does, so that such readers are refused
 * @param guard protects readers from a new version
 * @param shadow compares answers
 * @param times is told how long calls take
 * @param traces where a span is begun for a call that is part of a sampled trace
 */
public record ReadPath(@Nullable Freshness freshness, Guard guard, Shadow shadow, ReadTimes times, Traces traces) {

    /** The call and nothing else. */
    public static final ReadPath PLAIN = new ReadPath(null, Guard.NONE, Shadow.NONE);

    /** A path of whose times nobody is told, without traces. */
    public ReadPath(@Nullable Freshness freshness, Guard guard, Shadow shadow) {
        this(freshness, guard, shadow, ReadTimes.NONE);
    }

    /** A path without traces. */
    public ReadPath(@Nullable Freshness freshness, Guard guard, Shadow shadow, ReadTimes times) {
        this(freshness, guard, shadow, times, Traces.NONE);
    }
}
