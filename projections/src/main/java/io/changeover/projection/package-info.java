/**
 * View versions as tables: the fold engine, its rows and dead letters in PostgreSQL, and live processing on Axon's pooled
 * streaming processor, in which rows and token commit together. Also what else writes their rows: the folding of history,
 * which a backfill drives, the rebuilding of single homes, and a team's own event handling components.
 */
@NullMarked
package io.changeover.projection;

import org.jspecify.annotations.NullMarked;
