/**
 * Shadow reads: calls that were answered are asked of the other version too, off the caller's path and without a write, and
 * what differs is told apart from what is in flight and from what one version says differently each time.
 */
@NullMarked
package io.changeover.shadow;

import org.jspecify.annotations.NullMarked;
