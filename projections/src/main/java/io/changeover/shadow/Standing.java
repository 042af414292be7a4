package io.changeover.shadow;

import io.changeover.projection.SegmentPositions;

/**
 * How far the two versions of a pair are at an instant.
 *
 * @param serving how far the version that serves is
 * @param shadow how far the other one is
 */
record Standing(SegmentPositions serving, SegmentPositions shadow) {

    long low() {
        return Math.min(serving.low(), shadow.low());
    }

    long high() {
        return Math.max(serving.high(), shadow.high());
    }
}
