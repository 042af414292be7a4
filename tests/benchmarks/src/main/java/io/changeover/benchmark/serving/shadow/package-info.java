/** What readers notice of shadow reads: latency of served calls at a constant rate, with and without them. */
@NullMarked
package io.changeover.benchmark.serving.shadow;

import org.jspecify.annotations.NullMarked;
