/**
 * Sends commands: several in one transaction, and in the name of the release that ran on a given day, so that history is
 * written as it would have been then.
 */
@NullMarked
package io.changeover.examples.orders.dispatch;

import org.jspecify.annotations.NullMarked;
