/**
 * How much a backfill may do beside live traffic: signals of the live side are read while it works, and it grows, shrinks
 * or stops by them. It knows nothing of backfills, so whatever works in the background can be held to it.
 */
@NullMarked
package io.changeover.throttle;

import org.jspecify.annotations.NullMarked;
