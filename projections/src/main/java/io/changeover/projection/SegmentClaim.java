package io.changeover.projection;

import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a version, and who works on it.
 *
 * @param segment the segment
 * @param position position up to which all its events are applied
 * @param owner node that has the claim; null where nobody has, or where it has lapsed
 */
public record SegmentClaim(Segment segment, long position, @Nullable String owner) {}
