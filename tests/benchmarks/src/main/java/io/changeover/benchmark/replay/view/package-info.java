/** Views that only the benchmark needs, declared as a team would. */
@NullMarked
package io.changeover.benchmark.replay.view;

import org.jspecify.annotations.NullMarked;
