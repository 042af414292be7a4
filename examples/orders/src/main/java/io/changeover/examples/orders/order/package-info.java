/** Orders, from the day they are placed to the day they are shipped, cancelled or settled. */
@NullMarked
package io.changeover.examples.orders.order;

import org.jspecify.annotations.NullMarked;
