package io.changeover.autopilot;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AutopilotOptionsTest {

    @Test
    void all_that_lies_outside_of_its_bounds_is_named_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AutopilotOptions(
                        Duration.ofSeconds(6), Duration.ofSeconds(6), Duration.ZERO, Duration.ofDays(2)))
                .withMessage(
                        "interval is PT6S but must be from PT0.01S to PT5S; patience is PT0S but must be from PT1S to PT1H; verifyAgain is PT48H but must be from PT0.01S to PT24H; takeover is PT6S but must be longer than the interval, which is PT6S; correct the settings changeover.autopilot.*");
    }
}
