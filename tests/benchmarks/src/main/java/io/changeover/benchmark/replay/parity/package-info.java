/**
 * The proof that what was built is right: the same events folded by SQL alone, which shares no code with any contender,
 * compared row by row and column by column.
 */
@NullMarked
package io.changeover.benchmark.replay.parity;

import org.jspecify.annotations.NullMarked;
