package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.operation.ShadowOperations;
import io.changeover.shadow.ShadowOptions;
import io.changeover.shadow.ShadowReads;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowAutoConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ShadowProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner();

    @Test
    void an_application_without_projections_gets_nothing_of_it() {
        runner.withConfiguration(AutoConfigurations.of(ShadowAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ShadowReads.class)
                        .doesNotHaveBean(ShadowOperations.class));
    }

    @Test
    void settings_are_by_default_those_of_the_options() {
        runner.withUserConfiguration(Settings.class).run(context -> assertThat(
                        context.getBean(ShadowProperties.class).options())
                .isEqualTo(ShadowOptions.defaults()));
    }

    @Test
    void settings_can_be_changed_within_their_bounds() {
        runner.withUserConfiguration(Settings.class)
                .withPropertyValues("changeover.shadow.timeout=2s", "changeover.shadow.queue=0")
                .run(context -> {
                    ShadowProperties properties = context.getBean(ShadowProperties.class);
                    assertThat(properties.timeout()).isEqualTo(Duration.ofSeconds(2));
                    assertThatThrownBy(properties::options)
                            .hasMessage(
                                    "queue is 0 but must lie between 1 and 100000; correct the settings of the shadow reads");
                });
    }
}
