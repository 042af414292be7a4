/**
 * Invoices, the small domain of what is measured about comparisons: one view in two versions of different shapes, the same
 * view without its canonical form in SQL, a version with a fault that hardly any key shows, and a history of any size.
 */
@NullMarked
package io.changeover.benchmark.invoice;

import org.jspecify.annotations.NullMarked;
