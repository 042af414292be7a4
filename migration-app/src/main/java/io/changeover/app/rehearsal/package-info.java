/**
 * A changeover tried out before it is carried out: every phase of a plan and the way back from each, on a copy of the
 * store in a server of its own that is gone afterwards.
 */
@NullMarked
package io.changeover.app.rehearsal;

import org.jspecify.annotations.NullMarked;
