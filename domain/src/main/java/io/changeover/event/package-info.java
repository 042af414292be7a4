/**
 * Events as they are stored: a stable name and a revision instead of a class name, so that a class may move or change
 * without touching history.
 */
@NullMarked
package io.changeover.event;

import org.jspecify.annotations.NullMarked;
