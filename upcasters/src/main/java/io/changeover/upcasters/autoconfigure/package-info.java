/** Wires the steps of an application into Axon and into the reader that views use. */
@NullMarked
package io.changeover.upcasters.autoconfigure;

import org.jspecify.annotations.NullMarked;
