/** What every benchmark of this module prints with, waits with and is looked at with, whatever it measures. */
@NullMarked
package io.changeover.benchmark.bench;

import org.jspecify.annotations.NullMarked;
