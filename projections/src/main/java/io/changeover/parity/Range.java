package io.changeover.parity;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of homes in the order in which both sides agree.
 *
 * @param after home after which it begins, as text, or null from the first
 * @param upTo home with which it ends, as text, or null to the last
 */
record Range(@Nullable String after, @Nullable String upTo) {

    boolean isLast() {
        return upTo == null;
    }
}
