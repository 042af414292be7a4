package io.changeover.benchmark.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplayOptionsTest {

    private static ReplayOptions options(long events, int rounds) {
        return new ReplayOptions(
                Set.of(Experiment.RATIOS),
                events,
                10_000,
                2_000,
                10_000,
                10_000,
                1_000,
                rounds,
                1,
                "1g",
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                null);
    }

    @Test
    void refuses_so_few_events_that_nothing_can_be_measured() {
        assertThatThrownBy(() -> options(999, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A number of events or rows is 999 but must be 1000 or greater; raise it");
    }

    @Test
    void refuses_no_rounds() {
        assertThatThrownBy(() -> options(1_000, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rounds is 0 but must be 1 or greater; raise it");
    }
}
