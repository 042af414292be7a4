/**
 * Comparisons one after the other beside writers for as long as asked: that none ever reports a difference that is not
 * there, and that a fault of one key in 100,000 is found every time, and explained with the right event.
 */
@NullMarked
package io.changeover.benchmark.soak;

import org.jspecify.annotations.NullMarked;
