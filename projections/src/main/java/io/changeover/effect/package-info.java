/**
 * What events cause in the outside world: declared for each version of a view, given to exactly one version for each event
 * at a fence that all versions share, and carried out with retries and a key by which the receiver knows a repetition.
 */
@NullMarked
package io.changeover.effect;

import org.jspecify.annotations.NullMarked;
