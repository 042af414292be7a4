/** The words that commands, events and views of the wholesaler share: money, names, addresses, the states of an order. */
@NullMarked
package io.changeover.examples.orders.model;

import org.jspecify.annotations.NullMarked;
