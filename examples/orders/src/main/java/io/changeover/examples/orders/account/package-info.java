/** What each customer has ordered, paid and still owes: rows that customers, orders and payments all touch. */
@NullMarked
package io.changeover.examples.orders.account;

import org.jspecify.annotations.NullMarked;
