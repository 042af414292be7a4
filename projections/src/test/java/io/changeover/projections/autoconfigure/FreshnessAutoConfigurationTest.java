package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.freshness.FreshnessOptions;
import io.changeover.serving.Freshness;
import io.changeover.web.ReaderFilter;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FreshnessAutoConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({FreshnessProperties.class, ReaderProperties.class})
    static class Settings {}

    @Test
    void an_application_without_projections_gets_nothing_of_it() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(FreshnessAutoConfiguration.class, ReaderWebAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Freshness.class)
                        .doesNotHaveBean(ReaderFilter.class));
    }

    @Test
    void settings_are_by_default_those_of_the_options() {
        new ApplicationContextRunner().withUserConfiguration(Settings.class).run(context -> {
            assertThat(context.getBean(FreshnessProperties.class).options()).isEqualTo(FreshnessOptions.defaults());
            assertThat(context.getBean(ReaderProperties.class).overrideAuthorities())
                    .containsExactly("ROLE_OPERATOR");
            assertThat(context.getBean(ReaderProperties.class).tenantHeader()).isNull();
        });
    }

    @Test
    void settings_can_be_changed() {
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues(
                        "changeover.freshness.patience=1s",
                        "changeover.readers.tenant-header=X-Tenant",
                        "changeover.readers.override-authorities=ROLE_A,ROLE_B")
                .run(context -> {
                    assertThat(context.getBean(FreshnessProperties.class).patience())
                            .isEqualTo(Duration.ofSeconds(1));
                    assertThat(context.getBean(ReaderProperties.class).tenantHeader())
                            .isEqualTo("X-Tenant");
                    assertThat(context.getBean(ReaderProperties.class).overrideAuthorities())
                            .containsExactly("ROLE_A", "ROLE_B");
                });
    }
}
