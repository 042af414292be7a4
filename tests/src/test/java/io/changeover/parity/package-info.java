/** Comparisons in the database and outside of it, in one database and in two, held against each other. */
@NullMarked
package io.changeover.parity;

import org.jspecify.annotations.NullMarked;
