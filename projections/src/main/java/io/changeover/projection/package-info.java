/**
 * View versions as tables: the fold engine, its rows and dead letters in PostgreSQL, and live processing on Axon's pooled
 * streaming processor, in which rows and token commit together.
 */
@NullMarked
package io.changeover.projection;

import org.jspecify.annotations.NullMarked;
