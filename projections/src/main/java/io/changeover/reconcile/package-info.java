/**
 * Keeps two versions of a view proven equal while both live: compares the rows that events have touched since the last
 * look, all rows by plan, and says so loudly when they drift apart.
 */
@NullMarked
package io.changeover.reconcile;

import org.jspecify.annotations.NullMarked;
