/**
 * Carries changeovers forward by their plans, on whichever node holds the claim of a view, and back when a gate is broken.
 * What is decided, and how it is carried out, are two things: the first is a function of what is known.
 */
@NullMarked
package io.changeover.autopilot;

import org.jspecify.annotations.NullMarked;
