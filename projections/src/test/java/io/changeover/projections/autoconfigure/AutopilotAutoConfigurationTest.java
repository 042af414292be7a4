package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.autopilot.Autopilot;
import io.changeover.autopilot.AutopilotOptions;
import io.changeover.gate.Gates;
import io.changeover.operation.AutopilotOperations;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AutopilotAutoConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(AutopilotProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner();

    @Test
    void an_application_without_projections_gets_nothing_of_it() {
        runner.withConfiguration(AutoConfigurations.of(GateAutoConfiguration.class, AutopilotAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Gates.class)
                        .doesNotHaveBean(Autopilot.class)
                        .doesNotHaveBean(AutopilotOperations.class));
    }

    @Test
    void settings_are_by_default_those_of_the_options() {
        runner.withUserConfiguration(Settings.class).run(context -> assertThat(
                        context.getBean(AutopilotProperties.class).options())
                .isEqualTo(AutopilotOptions.defaults()));
    }

    @Test
    void settings_can_be_changed_within_their_bounds() {
        runner.withUserConfiguration(Settings.class)
                .withPropertyValues("changeover.autopilot.interval=4s")
                .run(context -> {
                    AutopilotProperties properties = context.getBean(AutopilotProperties.class);
                    assertThatThrownBy(properties::options)
                            .hasMessage(
                                    "takeover is PT3S but must be longer than the interval, which is PT4S; correct the settings changeover.autopilot.*");
                });
    }
}
