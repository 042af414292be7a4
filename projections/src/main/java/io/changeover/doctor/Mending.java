package io.changeover.doctor;

import io.changeover.view.VersionId;

/** What mends a state by asking for something that an operator could ask for too. */
public interface Mending {

    /** Records that the rollback of the view is over, if all nodes that are up go by it. */
    void confirmRollback(String view);

    /** Has this node go on with the backfill of the version at its last checkpoint. */
    void resumeBackfill(VersionId version);
}
