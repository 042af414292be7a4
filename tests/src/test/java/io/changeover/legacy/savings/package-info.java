/** Savings accounts as an application has them that adopts Changeover: events, their history, and a new folded view. */
@NullMarked
package io.changeover.legacy.savings;

import org.jspecify.annotations.NullMarked;
