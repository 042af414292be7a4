package io.changeover.benchmark.parity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.benchmark.invoice.Keys;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParityRunOptionsTest {

    private static ParityRunOptions options(long rows, int rate, long every, int rounds) {
        return new ParityRunOptions(
                Set.of(Experiment.CLEAN),
                rows,
                10_000,
                10_000,
                rate,
                1_000,
                every,
                rounds,
                1,
                Keys.SEQUENTIAL,
                "512m",
                null,
                Map.of(),
                Map.of(),
                null);
    }

    @Test
    void refuses_so_few_rows_that_nothing_can_be_measured() {
        assertThatThrownBy(() -> options(999, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A number of rows or events is 999 but must be 1000 or greater; raise it");
    }

    @Test
    void refuses_no_rounds() {
        assertThatThrownBy(() -> options(1_000, 1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rounds is 0 but must be 1 or greater; raise it");
    }

    @Test
    void refuses_writers_that_write_nothing() {
        assertThatThrownBy(() -> options(1_000, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate is 0 but must be 1 or greater; raise it");
    }

    @Test
    void refuses_a_pause_below_nothing() {
        assertThatThrownBy(() -> options(1_000, 1, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every is -1 but must be 0 or greater; raise it");
    }
}
