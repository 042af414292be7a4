/**
 * Which version answers a reader: one stable interface for each view, routed by the state of its changeover, with sticky
 * cohorts and pins. Nodes follow that state in order and say so. What guards a call, compares its answer or holds it to a
 * position is asked through interfaces of this package and lies in packages of its own.
 */
@NullMarked
package io.changeover.serving;

import org.jspecify.annotations.NullMarked;
