package io.changeover.operation;

import io.changeover.comparison.Comparison;
import io.changeover.comparison.Comparison.State;
import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a comparison stands.
 *
 * @param id its identifier
 * @param view the view
 * @param left written form of one version, such as {@code order-board@1}
 * @param right written form of the other
 * @param state {@code running} (also while it waits for its turn), {@code done}, {@code cancelled} or {@code failed}
 * @param verdict what follows from it, or null unless it is done
 * @param note what to know beside the verdict, such as that it stopped early, or null
 * @param failure why it failed, or null
 * @param fraction the part that is done, from 0 to 1, as far as the database's estimate of rows is right
 * @param rowsCompared rows that were compared on both sides
 * @param estimatedRows rows that there are to compare, as the database estimates
 * @param differing rows that differ
 * @param inFlight rows that no snapshot could compare
 * @param ranges ranges that are compared
 * @param worked time spent on it, in all processes
 * @param eta time left at the pace so far, or null when unknown or over
 * @param plan how rows are compared, in a sentence; empty before the first range
 * @param node node that works on it, or has last
 * @param actor who asked for it
 * @param reason why; may be empty
 * @param startedAt when it was asked for
 * @param endedAt when it ended, or null
 * @param report all that it found, or null unless it is done; null in lists
 */
public record ComparisonStatus(
        String id,
        String view,
        String left,
        String right,
        String state,
        @Nullable Verdict verdict,
        @Nullable String note,
        @Nullable String failure,
        double fraction,
        long rowsCompared,
        long estimatedRows,
        long differing,
        long inFlight,
        int ranges,
        Duration worked,
        @Nullable Duration eta,
        String plan,
        String node,
        String actor,
        String reason,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable ParityReport report) {

    /** One that is not there, as a dry run leaves it. */
    static ComparisonStatus notBegun(VersionId left, VersionId right, Request request) {
        return new ComparisonStatus(
                "",
                left.view(),
                left.toString(),
                right.toString(),
                "not-begun",
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0,
                0,
                Duration.ZERO,
                null,
                "",
                "",
                request.actor(),
                request.reason(),
                Instant.EPOCH,
                null,
                null);
    }

    static ComparisonStatus of(Comparison comparison, boolean withReport) {
        ParityProgress progress = comparison.progress();
        ParityReport report = comparison.report();
        boolean running = comparison.state() == State.RUNNING;
        return new ComparisonStatus(
                comparison.id().toString(),
                comparison.left().view(),
                comparison.left().toString(),
                comparison.right().toString(),
                comparison.state().name().toLowerCase(Locale.ROOT),
                report == null ? null : report.verdict(),
                comparison.note(),
                comparison.failure(),
                progress == null ? 0 : progress.fraction(),
                progress == null ? 0 : progress.rowsCompared(),
                progress == null ? 0 : progress.estimatedRows(),
                progress == null ? 0 : progress.differing(),
                progress == null ? 0 : progress.inFlight(),
                progress == null ? 0 : progress.ranges(),
                progress == null ? Duration.ZERO : progress.worked(),
                progress == null || !running ? null : progress.eta(),
                progress == null ? "" : progress.plan(),
                comparison.node(),
                comparison.actor(),
                comparison.reason(),
                comparison.startedAt(),
                comparison.endedAt(),
                withReport ? report : null);
    }
}
