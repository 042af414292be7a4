/**
 * What serving costs: a routed call against a direct one, readers with and without shadow reads, and decisions on several
 * nodes, each answer of which is checked.
 */
@NullMarked
package io.changeover.benchmark.serving;

import org.jspecify.annotations.NullMarked;
