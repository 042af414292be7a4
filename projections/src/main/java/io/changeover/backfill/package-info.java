/**
 * Building a new view version from history, up to the horizon at its start, then handing over to live processing at
 * exactly that position.
 */
@NullMarked
package io.changeover.backfill;

import org.jspecify.annotations.NullMarked;
