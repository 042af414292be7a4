/** What it costs a caller that a view is routed, in nanoseconds and bytes of each call. */
@NullMarked
package io.changeover.benchmark.serving.call;

import org.jspecify.annotations.NullMarked;
