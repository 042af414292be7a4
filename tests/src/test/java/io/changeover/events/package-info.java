/** What a team and an operator ask of the events in a real store, and what a start finds there. */
@NullMarked
package io.changeover.events;

import org.jspecify.annotations.NullMarked;
