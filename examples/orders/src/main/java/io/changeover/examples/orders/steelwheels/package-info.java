/**
 * Imports Steel Wheels, the books of a wholesaler of model cars from 2003 to 2005, by sending the commands that its
 * people would have sent, day by day, and loads the reporting table that came with them.
 */
@NullMarked
package io.changeover.examples.orders.steelwheels;

import org.jspecify.annotations.NullMarked;
