/** Changeovers that are tried out before they are carried out: one that can be, and some that cannot. */
@NullMarked
package io.changeover.rehearsal;

import org.jspecify.annotations.NullMarked;
