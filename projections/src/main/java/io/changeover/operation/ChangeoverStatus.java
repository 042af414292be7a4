package io.changeover.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a changeover stands.
 *
 * @param id identifier of this changeover, unique among all
 * @param view name of the view
 * @param from version that served when it began
 * @param to version that takes over
 * @param phase {@code declared}, {@code backfilling}, {@code live}, {@code verified}, {@code shifting}, {@code serving},
 *     {@code rolled-back}, {@code completed} or {@code aborted}
 * @param percent share of readers served by the new version
 * @param parity verdict of the last recorded comparison, or null
 * @param backfill progress of the new version's backfill, or null before it began
 * @param acknowledgedBy nodes that route by the latest state
 * @param awaiting nodes that are up and do not yet
 * @param since when it was declared
 * @param next what may be asked for now, as verbs
 */
public record ChangeoverStatus(
        String id,
        String view,
        int from,
        int to,
        String phase,
        int percent,
        @Nullable String parity,
        @Nullable BackfillStatus backfill,
        List<String> acknowledgedBy,
        List<String> awaiting,
        Instant since,
        List<String> next) {}
