/**
 * The event store and its ordered stream: every reader sees every event once, in one order, also while slow
 * transactions are still at work below the head. Also what else is asked of the store: the earlier events of an
 * aggregate, which revisions it holds and where in it, and its settled history in bulk. And how nodes tell each other that
 * there is something new in it.
 */
@NullMarked
package io.changeover.stream;

import org.jspecify.annotations.NullMarked;
