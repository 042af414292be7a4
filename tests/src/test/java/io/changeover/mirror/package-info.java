/** Views of one application that follow a topic of another, on real brokers and in two databases. */
@NullMarked
package io.changeover.mirror;

import org.jspecify.annotations.NullMarked;
