package io.changeover.operation;

import io.changeover.explain.Explanation;
import io.changeover.repair.RepairReport;
import io.changeover.repair.RepairTarget;
import io.changeover.repair.RepairedHome;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.view.VersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs about single rows: why they are as they are, whether they are what their events say, and putting them right. */
public interface RowOperations {

    /**
     * Explains a row in two versions of a view.
     *
     * @param key one text for each component of the key, or a single one with slashes between them
     * @param left number of one version, or null for the one that serves when the open changeover began, or else for the
     *     second highest that is there
     * @param right number of the other, or null for the one that the open changeover leads to, or else for the highest
     * @throws OperationRefusedException when there is no such key, or a version is not built
     * @throws io.changeover.view.UnknownVersionException when there is no such view or version
     */
    Explanation explain(String view, List<String> key, @Nullable Integer left, @Nullable Integer right);

    /** As {@link #explain}, with sensitive values as they are. The caller answers for who sees them, and keeps who has. */
    Explanation explainUnmasked(String view, List<String> key, @Nullable Integer left, @Nullable Integer right);

    /**
     * Holds stored rows of a version against a fresh fold of their events.
     *
     * @param homes homes to draw, from 1 to 100,000; ignored where all are checked
     * @param all whether every home is checked
     * @param seed what the draw begins with, or null for one of the server's
     * @throws OperationRefusedException when the version is not complete, or too many events fail
     * @throws io.changeover.view.UnknownVersionException when the version is not declared or not built by folds
     */
    SelfCheckReport selfCheck(VersionId version, int homes, boolean all, @Nullable Long seed);

    /**
     * Makes rows anew from their events, each home in a transaction of its own. Asked again, it goes on with what is left.
     *
     * @param dryRun whether to say only what would change
     * @param request who asks; kept with each home in the audit trail
     * @throws OperationRefusedException when a rule does not hold; nothing has changed
     * @throws io.changeover.view.UnknownVersionException when the version is not declared or not built by folds
     */
    RepairReport repair(VersionId version, RepairTarget target, boolean dryRun, Request request);

    /**
     * The audit trail of repairs: homes that were repaired, the latest first, at most 1,000.
     *
     * @throws io.changeover.view.UnknownVersionException when there is no such view
     */
    List<RepairedHome> repairs(String view);
}
