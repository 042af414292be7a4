package io.changeover.operation;

import io.changeover.parity.ParityReport;
import io.changeover.view.VersionId;
import java.util.List;

/**
 * The verbs of an operator. Each refuses with {@link OperationRefusedException} when a rule does not hold and with
 * {@link io.changeover.view.UnknownVersionException} when a view or version is not declared; a refusal changes nothing.
 *
 * <p>Where a request is a dry run, its verb refuses as ever, changes nothing, and tells {@link Request#dryRun} what it would
 * do; what it answers then is where things stand.
 */
public interface Operations {

    /**
     * All views, in the order of their names. Rows of all but small tables are as the database estimates them, so that what
     * this costs hardly grows with the number of views and not with that of rows.
     */
    List<ViewStatus> views();

    /** One view. */
    ViewStatus view(String view);

    /** Opens a changeover of the view from the version that serves to the given one. One view has one at a time. */
    ChangeoverStatus declare(String view, int to, Request request);

    /** The changeover that is open for the view, or the last one. */
    ChangeoverStatus changeover(String view);

    /**
     * Starts to build the new version from history and returns at once; {@link #changeover} tells the progress. Asked
     * again while it runs, it changes nothing.
     */
    ChangeoverStatus startBackfill(String view, Request request);

    /**
     * Starts the backfills of several views at once, so that versions which stand at about the same position are built by
     * one reading of the store. Where one of them is refused, none is started.
     *
     * @return the changeovers in the order of the views
     */
    List<ChangeoverStatus> startBackfills(List<String> views, Request request);

    /**
     * Stops the backfill of a version at a checkpoint, on whichever nodes it runs. This node's follows at once, and this
     * returns when it has stopped; other nodes hear it within two seconds. It stays stopped, also when a node starts again,
     * until {@link #resumeBackfill}.
     */
    BackfillStatus pauseBackfill(VersionId version, Request request);

    /** Goes on with a backfill that was paused, was cancelled or has failed, from what is committed; returns at once. */
    BackfillStatus resumeBackfill(VersionId version, Request request);

    /**
     * Stops the backfill of a version, on whichever nodes it runs, and removes what was built: rows, dead letters and
     * progress. Returns when that is done. Asked for again, the backfill begins anew.
     */
    BackfillStatus cancelBackfill(VersionId version, Request request);

    /** Compares two versions of one view at one position; nothing is recorded. */
    ParityReport compare(VersionId left, VersionId right);

    /** Compares the two versions of the open changeover and records the verdict in it. */
    ParityReport verify(String view, Request request);

    /**
     * Moves reads so that the given share of readers is served by the new version.
     *
     * @param percent from 0 to 100
     * @return once this node routes by it
     */
    ChangeoverStatus shift(String view, int percent, Request request);

    /** Sends all reads back to the old version. Always allowed while the changeover is open. */
    ChangeoverStatus rollBack(String view, Request request);

    /** Ends the changeover at 100 %: the new version is from now on the one that serves. */
    ChangeoverStatus complete(String view, Request request);

    /** Ends the changeover at 0 %: the old version goes on serving, and the new one is stopped. */
    ChangeoverStatus abort(String view, Request request);

    /** The events that wait because a fold failed, oldest first, at most 1,000. */
    List<DeadLetter> deadLetters(VersionId version);

    /**
     * Folds the waiting events of one home again, in order.
     *
     * @param home home of the rows as text, as a dead letter names it
     * @param request who asks
     */
    RetryResult retry(VersionId version, String home, Request request);

    /** As {@link #retry(VersionId, String, Request)}, asked by this process itself. */
    default RetryResult retry(VersionId version, String home) {
        return retry(version, home, Request.by("application"));
    }
}
