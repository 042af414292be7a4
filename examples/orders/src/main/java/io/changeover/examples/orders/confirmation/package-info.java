/** Confirms orders to customers by mail: an effect of the board, in two versions that say it in different words. */
@NullMarked
package io.changeover.examples.orders.confirmation;

import org.jspecify.annotations.NullMarked;
