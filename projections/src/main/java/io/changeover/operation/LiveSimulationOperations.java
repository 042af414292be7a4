package io.changeover.operation;

import io.changeover.simulation.Impact;
import io.changeover.simulation.Simulation;
import io.changeover.simulation.SimulationOptions;
import io.changeover.simulation.SimulationRefusedException;
import io.changeover.simulation.Simulator;
import io.changeover.view.VersionId;
import java.util.function.Supplier;

/** Simulations on this node. Safe for use by several threads. */
public final class LiveSimulationOperations implements SimulationOperations {

    private final Simulator simulator;

    /** The verbs over the node's simulator. */
    public LiveSimulationOperations(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public Simulation simulate(VersionId version, int sample) {
        return refusing(() -> simulator.run(version, SimulationOptions.of(sample)));
    }

    @Override
    public Impact impact(VersionId version) {
        return refusing(() -> simulator.impact(version));
    }

    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (SimulationRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }
}
