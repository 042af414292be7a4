/** A small domain of stock, of whose views a test compiles one release after another. */
@NullMarked
package io.changeover.rebuild;

import org.jspecify.annotations.NullMarked;
