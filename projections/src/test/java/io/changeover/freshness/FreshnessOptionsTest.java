package io.changeover.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FreshnessOptionsTest {

    @Test
    void nobody_waits_longer_than_the_greatest_patience() {
        FreshnessOptions options = FreshnessOptions.defaults();

        assertThat(options.patienceOf(null)).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.patienceOf(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.patienceOf(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void times_that_make_no_sense_are_refused() {
        assertThatThrownBy(
                        () -> new FreshnessOptions(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(1)))
                .hasMessage(
                        "Patience PT3S must be from 0 to the greatest, which is PT2S; set changeover.freshness.patience or changeover.freshness.max-patience");
        assertThatThrownBy(() -> new FreshnessOptions(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .hasMessage("Poll interval PT0S must be at least 1 ms; set changeover.freshness.poll-interval");
    }
}
