/** A changeover that is carried out by itself and killed at every step, with effects on a world outside. */
@NullMarked
package io.changeover.turnstile;

import org.jspecify.annotations.NullMarked;
