package io.changeover.shadow;

import org.jspecify.annotations.Nullable;

/**
 * What came of asking a version.
 *
 * @param answer what it answered; null where it failed, or answered null
 * @param failure what it threw, or null where it answered
 * @param slow whether it was stopped because it took too long
 * @param nanos how long it took
 */
record Asked(@Nullable Object answer, @Nullable Throwable failure, boolean slow, long nanos) {

    boolean answered() {
        return failure == null && !slow;
    }

    /** What differs where a version did not answer. */
    String kind() {
        return slow ? Comparison.SLOW : Comparison.ERROR;
    }
}
