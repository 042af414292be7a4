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
 * @param phase {@code declared}, {@code prepared}, {@code backfilling}, {@code catching-up}, {@code verifying},
 *     {@code shadowing}, {@code shifting}, {@code serving}, {@code soaking}, {@code rolling-back}, {@code rolled-back},
 *     {@code completed} or {@code aborted}
 * @param percent share of readers served by the new version
 * @param parity verdict of the last recorded comparison, or null
 * @param backfill progress of the new version's backfill, or null before it began
 * @param acknowledgedBy nodes that route by the latest state
 * @param awaiting nodes that are up and do not yet
 * @param since when it was declared
 * @param next what may be asked for now, as verbs
 * @param plan name of the plan that it is carried out by, or null where a person takes each step
 * @param halted why nothing moves forward, such as {@code paused by ann: lunch}, or null
 * @param wayBackProven when the way back was proven, or null
 * @param parityAt when the last comparison was recorded, or null
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
        List<String> next,
        @Nullable String plan,
        @Nullable String halted,
        @Nullable Instant wayBackProven,
        @Nullable Instant parityAt) {

    /** A changeover that a person takes through each step. */
    public ChangeoverStatus(
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
            List<String> next) {
        this(
                id,
                view,
                from,
                to,
                phase,
                percent,
                parity,
                backfill,
                acknowledgedBy,
                awaiting,
                since,
                next,
                null,
                null,
                null,
                null);
    }
}
