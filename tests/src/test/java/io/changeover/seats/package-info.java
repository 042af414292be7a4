/** Seats of shows, many rows to a home, with old revisions, sensitive fields and folds that can be made wrong. */
@NullMarked
package io.changeover.seats;

import org.jspecify.annotations.NullMarked;
