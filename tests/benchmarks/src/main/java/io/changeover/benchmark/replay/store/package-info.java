/**
 * The database of the benchmark: a PostgreSQL server with default durability, and event stores of any size that are the
 * example's orders multiplied and interleaved as live traffic would have them.
 */
@NullMarked
package io.changeover.benchmark.replay.store;

import org.jspecify.annotations.NullMarked;
