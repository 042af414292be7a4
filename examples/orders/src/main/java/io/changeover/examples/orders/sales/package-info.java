/**
 * Sales, one row for each order line: as this system folds them, and as the reporting team's own table
 * {@code legacy.orderfact} has them. Comparing the two shows what that table is worth.
 */
@NullMarked
package io.changeover.examples.orders.sales;

import org.jspecify.annotations.NullMarked;
