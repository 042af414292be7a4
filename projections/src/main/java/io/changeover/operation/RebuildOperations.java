package io.changeover.operation;

import io.changeover.rebuild.RebuildTarget;
import io.changeover.view.VersionId;

/** The verb that folds a part of a version's history again, while the version goes on living. */
public interface RebuildOperations {

    /**
     * Folds all history of the rows that the target means from nothing and puts the result in their place. Answers when
     * it is done; asked again, it finds nothing to change.
     *
     * @param dryRun whether to say only what would change
     * @param request who asks; kept in the application's log, as no changeover need be open
     * @throws OperationRefusedException when a rule does not hold; nothing has changed
     * @throws io.changeover.view.UnknownVersionException when the version is not declared or not built here
     */
    RebuildResult rebuild(VersionId version, RebuildTarget target, boolean dryRun, Request request);
}
