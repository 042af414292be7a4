/**
 * The event store and its ordered stream: every reader sees every event once, in one order, also while slow
 * transactions are still at work below the head.
 */
@NullMarked
package io.changeover.stream;

import org.jspecify.annotations.NullMarked;
