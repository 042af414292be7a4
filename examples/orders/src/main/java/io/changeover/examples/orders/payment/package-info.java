/** Payments, credited to the account of a customer. */
@NullMarked
package io.changeover.examples.orders.payment;

import org.jspecify.annotations.NullMarked;
