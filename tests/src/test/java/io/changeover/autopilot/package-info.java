/** Changeovers that are carried forward, and back, by themselves. */
@NullMarked
package io.changeover.autopilot;

import org.jspecify.annotations.NullMarked;
