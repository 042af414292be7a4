package io.changeover.projection;

import org.jspecify.annotations.Nullable;

/**
 * What came of folding parked events again.
 *
 * @param applied events that are applied now
 * @param stillParked events that go on waiting
 * @param failure why the first of those failed, or null when none waits
 */
public record RetryOutcome(int applied, int stillParked, @Nullable String failure) {}
