package io.changeover.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SoakOptionsTest {

    @Test
    void refuses_a_rate_that_is_no_bound() {
        assertThatThrownBy(() -> new SoakOptions(1_000, 5_001, 4, 1_000, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate is 5001 but must be from 1 to 5000; give one in between");
    }

    @Test
    void refuses_no_time() {
        assertThatThrownBy(() -> new SoakOptions(0, 300, 4, 1_000, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("millis is 0 but must be from 1 to 86400000; give one in between");
    }

    @Test
    void refuses_no_writers_and_hardly_any_rows() {
        assertThatThrownBy(() -> new SoakOptions(1_000, 300, 0, 1_000, 1))
                .hasMessage("writers is 0 but must be from 1 to 16; give one in between");
        assertThatThrownBy(() -> new SoakOptions(1_000, 300, 4, 999, 1))
                .hasMessage("rows is 999 but must be from 1000 to 100000000; give one in between");
    }
}
