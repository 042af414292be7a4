/** Who is counted as reading what, on several threads and nodes, and what that keeps from being given up. */
@NullMarked
package io.changeover.consumer;

import org.jspecify.annotations.NullMarked;
