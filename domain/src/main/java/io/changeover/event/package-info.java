/**
 * Events as they are stored: a stable name and a revision instead of a class name, so that a class may move or change
 * without touching history. What older applications stored in another format than JSON is read here too.
 */
@NullMarked
package io.changeover.event;

import org.jspecify.annotations.NullMarked;
