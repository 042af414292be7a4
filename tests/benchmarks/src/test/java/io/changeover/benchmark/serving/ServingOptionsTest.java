package io.changeover.benchmark.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServingOptionsTest {

    private static ServingOptions with(int forks, int pairs, int rate, double share, int decisions) {
        return new ServingOptions(
                Set.of(), forks, pairs, 1, rate, share, decisions, 2, 1, 1, "1m", 1, Map.of(), Map.of());
    }

    @Test
    void each_stage_gets_its_own() {
        ServingOptions options = ServingOptions.whole();

        assertThat(options.shadow().share()).isEqualTo(0.01);
        assertThat(options.shadow().pairs()).isGreaterThanOrEqualTo(6);
        assertThat(options.shift().decisions()).isGreaterThanOrEqualTo(200);
        assertThat(ServingOptions.quick().only()).containsExactlyInAnyOrder(Stage.values());
    }

    @Test
    void numbers_that_measure_nothing_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(0, 1, 2, 1, 4))
                .withMessage("forks is 0 but must be 1 or greater; raise it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(1, 0, 2, 1, 4))
                .withMessage("pairs is 0 but must be 1 or greater; raise it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(1, 1, 1, 1, 4))
                .withMessage("rate is 1 but must be 2 or greater; raise it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(1, 1, 2, 1, 3))
                .withMessage("decisions is 3 but must be 4 or greater; raise it");
    }

    @Test
    void a_share_must_be_a_share() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(1, 1, 2, 0, 4))
                .withMessage("share is 0.0 but must be greater than 0 and at most 1; correct it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(1, 1, 2, Double.NaN, 4))
                .withMessage("share is NaN but must be greater than 0 and at most 1; correct it");
    }
}
