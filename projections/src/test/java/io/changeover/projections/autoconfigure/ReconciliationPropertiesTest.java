package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.reconcile.ReconciliationOptions;
import io.changeover.reconcile.VersionPair;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciliationPropertiesTest {

    private static ReconciliationProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("changeover.reconcile", Bindable.of(ReconciliationProperties.class));
    }

    @Test
    void without_settings_the_defaults_of_the_options_hold() {
        ReconciliationProperties properties = bound(Map.of());
        assertThat(properties.enabled()).isTrue();
        assertThat(properties.options()).isEqualTo(ReconciliationOptions.defaults());
    }

    @Test
    void settings_are_read_as_a_team_writes_them() {
        ReconciliationOptions options = bound(Map.of(
                        "changeover.reconcile.pairs", "sales-fact@1:sales-fact@2, order-board@3:order-board@1",
                        "changeover.reconcile.interval", "30s",
                        "changeover.reconcile.full-at", "23:30",
                        "changeover.reconcile.alert-above", "5"))
                .options();
        assertThat(options.pairs())
                .extracting(VersionPair::toString)
                .containsExactly("sales-fact@1:sales-fact@2", "order-board@1:order-board@3");
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.fullAt()).isEqualTo(LocalTime.of(23, 30));
        assertThat(options.alertAbove()).isEqualTo(5);
        assertThat(bound(Map.of("changeover.reconcile.full-at", "never"))
                        .options()
                        .fullAt())
                .isNull();
    }

    @Test
    void a_time_of_day_that_is_none_is_refused() {
        assertThatThrownBy(() ->
                        bound(Map.of("changeover.reconcile.full-at", "3am")).options())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "changeover.reconcile.full-at is '3am' but must be a time of day in UTC such as '03:00', or 'never'; correct it");
    }
}
