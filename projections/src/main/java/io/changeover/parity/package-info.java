/**
 * The proof that two versions of a view are equal: compared row by row in canonical form at one instant, without a
 * pause, a lock or a false difference.
 */
@NullMarked
package io.changeover.parity;

import org.jspecify.annotations.NullMarked;
