/**
 * Steps between the revisions of an event: up, so that every stored event reads as today's class, and down, so that a
 * release or consumer of an earlier time reads what it understands.
 */
@NullMarked
package io.changeover.upcast;

import org.jspecify.annotations.NullMarked;
