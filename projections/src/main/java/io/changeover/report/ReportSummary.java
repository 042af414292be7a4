package io.changeover.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report in a line.
 *
 * @param id identifier of the changeover
 * @param view name of the view
 * @param from version that served when it began
 * @param to version that was to take over
 * @param outcome {@code open}, {@code completed} or {@code aborted}
 * @param phase phase that it is in, or ended in
 * @param plan name of its plan, or null where it had none
 * @param declaredAt when it began
 * @param endedAt when it ended, or null while it is open
 * @param lasted how long it took, up to now where it is open
 * @param rollbacks how often all readers went back
 * @param differences rows that recorded comparisons found not to be equal, all together
 * @param budgetSpent calls that the new version was to answer and did not
 */
public record ReportSummary(
        String id,
        String view,
        int from,
        int to,
        String outcome,
        String phase,
        @Nullable String plan,
        Instant declaredAt,
        @Nullable Instant endedAt,
        Duration lasted,
        long rollbacks,
        long differences,
        long budgetSpent) {}
