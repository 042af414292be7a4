/**
 * What an operator can ask for, as one interface: the HTTP API, the command line and the demonstration all go through
 * it, so that a rule holds in one place. Also what a node does of itself: its start, and what it takes over from and shares with others.
 */
@NullMarked
package io.changeover.operation;

import org.jspecify.annotations.NullMarked;
