package io.changeover.operation;

import io.changeover.view.VersionId;
import java.util.List;

/**
 * The verbs about the end of versions after their changeover was completed. Each is a decision that is recorded first and
 * carried out then; what could not be carried out yet is told by the answer, and nodes go on with it by themselves. A
 * version need not be declared any more unless a verb says so, but its view must be, or
 * {@link io.changeover.view.UnknownVersionException} says so.
 */
public interface CompletionOperations {

    /** All versions of the view that were given up, oldest first. */
    List<DisposalStatus> disposals(String view);

    /**
     * Takes the completion of the view's last changeover back while its old version is held, so that it can be rolled back.
     *
     * @throws OperationRefusedException when there is none, or its old version is not held
     */
    ChangeoverStatus reopen(String view, Request request);

    /**
     * Has a version that is held not be projected any more, and its table kept under another name; repeated, it changes
     * nothing.
     *
     * @throws OperationRefusedException when it is not held, or not for as long as the plan of its changeover asks
     */
    DisposalStatus purge(VersionId version, Request request);

    /**
     * Has a purged version be projected again, from where it stopped; repeated, it changes nothing.
     *
     * @throws OperationRefusedException when it is not purged, or this release does not declare it
     */
    DisposalStatus restore(VersionId version, Request request);

    /**
     * Removes a purged version for good; repeated, it changes nothing.
     *
     * @throws OperationRefusedException when it is not purged, or not for as long as the plan of its changeover asks
     */
    DisposalStatus drop(VersionId version, Request request);
}
