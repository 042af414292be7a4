/** How soon a decision counts on every node of several processes, and that no reader is answered by another version. */
@NullMarked
package io.changeover.benchmark.serving.shift;

import org.jspecify.annotations.NullMarked;
