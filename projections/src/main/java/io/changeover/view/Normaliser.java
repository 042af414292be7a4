package io.changeover.view;

import org.jspecify.annotations.Nullable;

/**
 * A team's own way to make values that mean the same the same. Pure, stateless and with a constructor without parameters;
 * equal values must stay equal.
 */
@FunctionalInterface
public interface Normaliser {

    /** The value to compare instead; either may be null. */
    @Nullable
    Object normalise(@Nullable Object value);
}
