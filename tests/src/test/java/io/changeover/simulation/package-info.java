/** Estimates held against what backfills then made of a real store. */
@NullMarked
package io.changeover.simulation;

import org.jspecify.annotations.NullMarked;
