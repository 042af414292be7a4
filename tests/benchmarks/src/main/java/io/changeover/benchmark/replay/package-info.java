/**
 * Rebuilding a read model from history, measured: stock Axon, Axon tuned by an expert, this project's engine and a
 * program written by hand, over the same events in one run, and every row proven.
 */
@NullMarked
package io.changeover.benchmark.replay;

import org.jspecify.annotations.NullMarked;
