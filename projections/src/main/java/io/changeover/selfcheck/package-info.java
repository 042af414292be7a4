/**
 * A version held against itself: its stored rows against a fresh fold of their events, which finds what somebody else has
 * written and what does not fold to the same twice, and its canonical form in SQL against the one in Java.
 */
@NullMarked
package io.changeover.selfcheck;

import org.jspecify.annotations.NullMarked;
