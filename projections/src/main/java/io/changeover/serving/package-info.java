/**
 * Which version answers a reader: one stable interface for each view, routed by the state of its changeover, with sticky
 * cohorts.
 */
@NullMarked
package io.changeover.serving;

import org.jspecify.annotations.NullMarked;
