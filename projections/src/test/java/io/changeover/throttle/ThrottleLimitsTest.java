package io.changeover.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThrottleLimitsTest {

    @Test
    void every_limit_but_the_number_of_workers_can_be_switched_off() {
        assertThat(new ThrottleLimits(false, 1, 0, Duration.ZERO, 0, 0, Duration.ZERO, 0, Duration.ZERO))
                .isNotNull();
    }

    @Test
    void all_limits_outside_of_their_bounds_are_named_at_once() {
        assertThatThrownBy(() -> new ThrottleLimits(
                        false, 0, -1, Duration.ofNanos(1), 1.0, -2, Duration.ofHours(2), -3, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxWorkers is 0 but must be from 1 to 256; "
                        + "maxEventsPerSecond is -1 but must be from 1 to 100000000, or 0 for no limit; "
                        + "liveLatencyRatio is 1.0 but must be from 1.02 to 100.0, or 0 for no limit; "
                        + "liveLatency is PT0.000000001S but must be from PT0.001S to PT1H, or zero for no limit; "
                        + "liveLag is -2 but must be 1 or greater, or 0 for no limit; "
                        + "connectionWait is PT2H but must be from PT0.001S to PT1H, or zero for no limit; "
                        + "replicationLag is -3 but must be 1 or greater, or 0 for no limit; "
                        + "replicationDelay is PT-0.001S but must be from PT0.001S to PT1H, or zero for no limit; "
                        + "correct the limits of the throttle");
    }

    @Test
    void a_ratio_that_is_no_number_is_refused() {
        assertThatThrownBy(() ->
                        new ThrottleLimits(false, 1, 0, Duration.ZERO, Double.NaN, 0, Duration.ZERO, 0, Duration.ZERO))
                .hasMessageStartingWith("liveLatencyRatio is NaN but must be");
    }
}
