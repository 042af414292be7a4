package io.changeover.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParityOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static ParityOptions options(Duration limit, long rangeRows, long workMemory, int rest) {
        return new ParityOptions(
                10, 1, Duration.ZERO, Duration.ZERO, limit, rangeRows, 1_000, 100, workMemory, 0, rest);
    }

    @Test
    void the_least_of_everything_is_taken() {
        assertThat(options(Duration.ofMillis(100), 1_000, 1 << 20, 0).rangeRows())
                .isEqualTo(1_000);
    }

    @Test
    void what_is_out_of_bounds_is_refused_with_value_rule_and_remedy() {
        assertThatThrownBy(() -> options(Duration.ofMillis(99), 1_000, 1 << 20, 0))
                .hasMessage("snapshotLimit is PT0.099S but must be PT0.1S or longer; give a longer one");
        assertThatThrownBy(() -> options(SECOND, 999, 1 << 20, 0))
                .hasMessage("rangeRows is 999 but must be 1000 or greater; give a greater one");
        assertThatThrownBy(() -> options(SECOND, 1_000, 1 << 19, 0))
                .hasMessage("workMemory is 524288 but must be 1048576 or greater; give a greater one");
        assertThatThrownBy(() -> options(SECOND, 1_000, 1L << 40, 0))
                .hasMessage("workMemory is 1099511627776 but must be 2147483648 or less; give a smaller one");
        assertThatThrownBy(() -> options(SECOND, 1_000, 1 << 20, -1))
                .hasMessage("rest is -1 but must be 0 or greater; give a greater one");
        assertThatThrownBy(() -> new ParityOptions(
                        10, 1, Duration.ofMillis(-1), Duration.ZERO, SECOND, 1_000, 1_000, 100, 1 << 20, 0, 0))
                .hasMessage("recheckPause is PT-0.001S but must not be negative; give a longer one");
    }
}
