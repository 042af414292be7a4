/**
 * Comparisons of two versions that outlive the process: each range is committed with what it found, so that a kill, a
 * takeover or a cancellation leaves whole ranges only. Keeps every difference, to be grouped and exported.
 */
@NullMarked
package io.changeover.comparison;

import org.jspecify.annotations.NullMarked;
