package io.changeover.operation;

import org.jspecify.annotations.Nullable;

/**
 * What came of folding parked events again.
 *
 * @param version written form of the version
 * @param home home of the rows, as text
 * @param applied events that were applied and are no longer parked
 * @param stillParked events that go on waiting
 * @param failure why the first of those failed again, or null when none waits
 */
public record RetryResult(String version, String home, int applied, int stillParked, @Nullable String failure) {}
