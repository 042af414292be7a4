/**
 * What meters show of the store: read every few seconds by one thread for all of them, so that whoever looks at a meter
 * never waits for the database.
 */
@NullMarked
package io.changeover.meter;

import org.jspecify.annotations.NullMarked;
