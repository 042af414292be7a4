package io.changeover.operation;

import org.jspecify.annotations.Nullable;

/**
 * A segment of a version.
 *
 * @param version the version, such as {@code order-board@2}
 * @param segment number of the segment
 * @param share which part of all homes it has, as a fraction, such as 0.25
 * @param position position up to which all its events are applied
 * @param behind positions between that and the last event of the store
 * @param node node that works on it, or null where none does
 */
public record SegmentStatus(
        String version, int segment, double share, long position, long behind, @Nullable String node) {}
