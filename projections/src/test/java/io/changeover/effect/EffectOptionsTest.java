package io.changeover.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EffectOptionsTest {

    @Test
    void the_pause_doubles_up_to_the_longest() {
        EffectOptions options = EffectOptions.defaults();
        assertThat(IntStream.of(1, 2, 3, 9, 10, 1_000).mapToObj(options::pauseAfter))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(256),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
    }

    @Test
    void every_value_out_of_its_bounds_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EffectOptions(
                        0,
                        Duration.ZERO,
                        10_001,
                        0,
                        Duration.ofDays(2),
                        Duration.ZERO,
                        Duration.ofMillis(99),
                        Duration.ofDays(10_001)))
                .withMessage(
                        "workers is 0 but must be from 1 to 256; interval is PT0S but must be from PT0.001S to PT1H; batch is 10001 but must be from 1 to 10000; attempts is 0 but must be from 1 to 1000; pause is PT48H but must be from PT0.001S to PT24H; maxPause is PT0S but must be from PT0.001S to PT24H; lease is PT0.099S but must be from PT0.1S to PT1H; keep is PT240024H but must be from PT0.001S to PT240000H; correct the settings of the effects");
    }
}
