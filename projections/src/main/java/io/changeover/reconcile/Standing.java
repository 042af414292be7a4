package io.changeover.reconcile;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where the versions of a pair stand.
 *
 * @param paused why they cannot be compared now, or null when they can
 * @param leftBuilt when the left version was last built or mended; null where somebody else maintains it
 * @param rightBuilt when the right version was last built or mended; null where somebody else maintains it
 * @param low position up to which both have applied everything
 */
record Standing(
        @Nullable String paused, @Nullable OffsetDateTime leftBuilt, @Nullable OffsetDateTime rightBuilt, long low) {}
