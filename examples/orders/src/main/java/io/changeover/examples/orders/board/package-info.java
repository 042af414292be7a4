/** The board on which the office sees every order: one row for each, in two versions. */
@NullMarked
package io.changeover.examples.orders.board;

import org.jspecify.annotations.NullMarked;
