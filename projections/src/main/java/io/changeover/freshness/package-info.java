/**
 * Reads that must not miss what their reader has written or seen: a position is compared with how far versions have come,
 * and where none has come that far the reader waits, or is told precisely why it cannot be answered.
 */
@NullMarked
package io.changeover.freshness;

import org.jspecify.annotations.NullMarked;
