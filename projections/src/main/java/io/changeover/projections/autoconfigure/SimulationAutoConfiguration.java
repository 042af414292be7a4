package io.changeover.projections.autoconfigure;

import io.changeover.backfill.Backfills;
import io.changeover.operation.LiveSimulationOperations;
import io.changeover.operation.SimulationOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.Rebuilds;
import io.changeover.simulation.Simulator;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.throttle.Governor;
import io.changeover.view.Versions;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What says beforehand what a backfill takes. */
@AutoConfiguration(after = {ProjectionsAutoConfiguration.class, ThrottleAutoConfiguration.class})
@ConditionalOnBean({Backfills.class, Rebuilds.class})
class SimulationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Simulator simulator(
            Versions versions,
            Projections projections,
            Backfills backfills,
            OrderedStream stream,
            StoreInventory inventory,
            ProjectionStore store,
            VersionStates states,
            ChangeoverProperties properties,
            Governor governor,
            EventStore events,
            Rebuilds rebuilds) {
        return new Simulator(
                versions,
                projections,
                backfills,
                stream,
                inventory,
                store,
                states,
                properties.backfill().options(),
                governor,
                events,
                rebuilds);
    }

    @Bean
    @ConditionalOnMissingBean(SimulationOperations.class)
    LiveSimulationOperations simulationOperations(Simulator simulator) {
        return new LiveSimulationOperations(simulator);
    }
}
