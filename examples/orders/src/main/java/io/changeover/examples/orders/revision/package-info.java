/**
 * How the events of earlier releases become those of today, and how today's events are told to those releases.
 * Release 1 wrote a contact in one string, amounts as floating point numbers and the status of an order as free text.
 */
@NullMarked
package io.changeover.examples.orders.revision;

import org.jspecify.annotations.NullMarked;
