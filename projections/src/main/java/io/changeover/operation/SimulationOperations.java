package io.changeover.operation;

import io.changeover.simulation.Impact;
import io.changeover.simulation.Simulation;
import io.changeover.view.VersionId;

/** The verbs that say what would be, before anything is done. They leave versions and changeovers as they are. */
public interface SimulationOperations {

    /**
     * What the backfill of the version would take. The estimate is kept, so that later ones learn from it.
     *
     * @param sample events that are read, parsed and folded for it
     * @throws OperationRefusedException when the version is not built from folds, or the sample is out of bounds
     * @throws io.changeover.view.UnknownVersionException when it is not declared
     */
    Simulation simulate(VersionId version, int sample);

    /**
     * What a change of the version's folds concerns: how this release differs from what made the rows.
     *
     * @throws OperationRefusedException when the version is not built from folds, or more homes are concerned than can be
     *     named
     * @throws io.changeover.view.UnknownVersionException when it is not declared
     */
    Impact impact(VersionId version);
}
