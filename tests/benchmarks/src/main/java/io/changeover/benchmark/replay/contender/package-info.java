/**
 * Who replays: Axon as an expert tunes it, this project's engine in a Boot application, and the program that somebody
 * would write by hand for this one view. All build the rows of {@code order-board@2}.
 */
@NullMarked
package io.changeover.benchmark.replay.contender;

import org.jspecify.annotations.NullMarked;
