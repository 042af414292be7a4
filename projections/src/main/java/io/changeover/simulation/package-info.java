/**
 * What a backfill would take and what a change of folds concerns, said before anything is done, from a measured sample of
 * this very store and from how far off the estimates before it were.
 */
@NullMarked
package io.changeover.simulation;

import org.jspecify.annotations.NullMarked;
