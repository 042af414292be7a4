package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.SimulationOperations;
import io.changeover.simulation.Simulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationAutoConfigurationTest {

    @Test
    void an_application_that_builds_nothing_gets_nothing_of_it() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SimulationAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Simulator.class)
                        .doesNotHaveBean(SimulationOperations.class));
    }
}
