/**
 * Carries out the end of versions that were given up: held, purged, dropped, and back. The view's events decide; this makes
 * the database and the nodes what they say, as often as it takes.
 */
@NullMarked
package io.changeover.completion;

import org.jspecify.annotations.NullMarked;
