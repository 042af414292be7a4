/**
 * The views of an application follow events that another application appends: carried from that one's topic into this one's
 * database, under the positions that they have there. Everything that reads the ordered stream stands on them as on a store
 * of its own.
 */
@NullMarked
package io.changeover.mirror;

import org.jspecify.annotations.NullMarked;
