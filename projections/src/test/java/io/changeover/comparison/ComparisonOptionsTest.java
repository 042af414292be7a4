package io.changeover.comparison;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComparisonOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static ComparisonOptions options(int atOnce, Duration retention, Duration staleAfter) {
        return new ComparisonOptions(atOnce, 1, retention, SECOND, staleAfter, SECOND, 1);
    }

    @Test
    void what_lies_outside_of_its_bounds_is_refused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> options(0, minute, minute))
                .hasMessage("atOnce is 0 but must be 1 or greater; give a greater one");
        assertThatThrownBy(() -> options(1, Duration.ZERO, minute))
                .hasMessage("retention is PT0S but must be longer than nothing; give a longer one");
        assertThatThrownBy(() -> options(1, minute, SECOND))
                .hasMessage("staleAfter is PT1S but must be longer than the heartbeat of PT1S; give a longer one");
    }
}
