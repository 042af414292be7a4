package io.changeover.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowOptionsTest {

    @Test
    void every_value_that_lies_outside_of_its_bounds_is_named_at_once() {
        assertThatThrownBy(() ->
                        new ShadowOptions(0, 0, Duration.ZERO, 0, 0, Duration.ofSeconds(-1), 0, 0, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is 0 but must lie between 1 and 64; queue is 0 but must lie between 1 and 100000; "
                        + "timeout is PT0S but must lie between PT0.001S and PT24H; "
                        + "exactEvery is 0 but must lie between 1 and 2147483647; "
                        + "attempts is 0 but must lie between 1 and 100; "
                        + "pause is PT-1S but must lie between PT0S and PT1M; "
                        + "maxGap is 0 but must lie between 1 and 9223372036854775807; "
                        + "keptDifferences is 0 but must lie between 1 and 10000; "
                        + "flushInterval is PT24H but must lie between PT0.01S and PT1H; "
                        + "correct the settings of the shadow reads");
    }

    @Test
    void the_defaults_lie_within_their_bounds() {
        assertThat(ShadowOptions.defaults().threads()).isEqualTo(2);
    }
}
