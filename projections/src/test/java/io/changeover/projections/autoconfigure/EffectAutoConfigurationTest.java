package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.effect.EffectLedger;
import io.changeover.effect.EffectLoop;
import io.changeover.effect.EffectOptions;
import io.changeover.operation.EffectOperations;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EffectAutoConfigurationTest {

    private static EffectProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("changeover.effects", Bindable.of(EffectProperties.class));
    }

    @Test
    void an_application_without_views_gets_nothing_of_it() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EffectAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(EffectLoop.class)
                        .doesNotHaveBean(EffectLedger.class)
                        .doesNotHaveBean(EffectOperations.class));
    }

    @Test
    void without_settings_the_defaults_of_the_options_hold() {
        assertThat(bound(Map.of()).enabled()).isTrue();
        assertThat(bound(Map.of()).options()).isEqualTo(EffectOptions.defaults());
    }

    @Test
    void settings_are_read_as_a_team_writes_them_and_refused_out_of_their_bounds() {
        EffectProperties properties =
                bound(Map.of("changeover.effects.attempts", "0", "changeover.effects.lease", "1m"));
        assertThat(properties.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(properties::options)
                .hasMessage("attempts is 0 but must be from 1 to 1000; correct the settings of the effects");
    }
}
