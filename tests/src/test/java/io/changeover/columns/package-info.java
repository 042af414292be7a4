/** A view with a column of every type, built in bulk and event by event. */
@NullMarked
package io.changeover.columns;

import org.jspecify.annotations.NullMarked;
