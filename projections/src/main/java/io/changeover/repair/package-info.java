/**
 * Putting right exactly the rows that are wrong: each home is made anew from its events in a transaction of its own, in
 * which it is also written down who changed what and why. What folding again cannot change is refused.
 */
@NullMarked
package io.changeover.repair;

import org.jspecify.annotations.NullMarked;
