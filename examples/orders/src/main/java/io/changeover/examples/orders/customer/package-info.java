/** Customers: who they are, whom to talk to, how much they may owe. */
@NullMarked
package io.changeover.examples.orders.customer;

import org.jspecify.annotations.NullMarked;
