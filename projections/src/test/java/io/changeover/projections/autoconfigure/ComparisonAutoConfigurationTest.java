package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.comparison.ComparisonOptions;
import io.changeover.comparison.Comparisons;
import io.changeover.operation.ComparisonOperations;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComparisonAutoConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ComparisonProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner();

    @Test
    void an_application_that_compares_nothing_gets_nothing_of_it() {
        runner.withConfiguration(AutoConfigurations.of(ComparisonAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Comparisons.class)
                        .doesNotHaveBean(ComparisonOperations.class));
    }

    @Test
    void settings_are_by_default_those_of_the_options() {
        runner.withUserConfiguration(Settings.class).run(context -> assertThat(
                        context.getBean(ComparisonProperties.class).options())
                .isEqualTo(ComparisonOptions.defaults()));
    }

    @Test
    void settings_can_be_changed_within_their_bounds() {
        runner.withUserConfiguration(Settings.class)
                .withPropertyValues(
                        "changeover.comparisons.retention=7d",
                        "changeover.comparisons.at-once=0",
                        "changeover.comparisons.max-differences=5")
                .run(context -> {
                    ComparisonProperties properties = context.getBean(ComparisonProperties.class);
                    assertThat(properties.retention()).isEqualTo(Duration.ofDays(7));
                    assertThat(properties.maxDifferences()).isEqualTo(5);
                    assertThatThrownBy(properties::options)
                            .hasMessage("atOnce is 0 but must be 1 or greater; give a greater one");
                });
    }
}
