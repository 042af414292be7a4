package io.changeover.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.changeover.simulation.PastErrors.Kept;
import io.changeover.simulation.Stretches.Stretch;
import io.changeover.stream.HistoryOutline;
import io.changeover.stream.HistoryOutline.Block;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EstimateFiguresTest {

    @Test
    void without_an_earlier_estimate_nothing_is_corrected() {
        assertThat(PastErrors.of(List.of())).isEqualTo(new PastErrors(0, 0, 0, 1));
    }

    @Test
    void errors_are_those_of_what_was_told_and_the_correction_is_of_what_was_measured() {
        // measured 10 and told 20, it took 24; measured 10 and told 20, it took 17
        assertThat(PastErrors.of(List.of(new Kept(10, 20, 24), new Kept(10, 20, 17))))
                .satisfies(past -> {
                    assertThat(past.estimates()).isEqualTo(2);
                    assertThat(past.lowest()).isCloseTo(-0.15, org.assertj.core.data.Offset.offset(1e-9));
                    assertThat(past.highest()).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-9));
                    assertThat(past.correction()).isCloseTo(2.05, org.assertj.core.data.Offset.offset(1e-9));
                });
    }

    @Test
    void one_estimate_that_was_far_off_does_not_carry_the_correction_away() {
        assertThat(PastErrors.of(List.of(new Kept(1, 1, 1), new Kept(1, 1, 1.2), new Kept(1, 1, 90)))
                        .correction())
                .isEqualTo(1.2);
    }

    @Test
    void a_store_with_fewer_events_than_the_sample_is_looked_at_whole() {
        HistoryOutline outline =
                new HistoryOutline(0, 5_000, List.of(new Block(1, 1_023, 60), new Block(4_096, 5_000, 40)));
        assertThat(Stretches.of(outline, SimulationOptions.of(100)).all()).containsExactly(new Stretch(0, 5_000, 100));
    }

    @Test
    void stretches_lie_evenly_over_the_events_and_not_over_the_positions() {
        HistoryOutline outline =
                new HistoryOutline(0, 102_400, List.of(new Block(1, 1_000, 1_000), new Block(100_001, 101_000, 1_000)));
        assertThat(Stretches.of(outline, new SimulationOptions(200, 4)).all())
                .containsExactly(
                        new Stretch(0, 1_000, 50),
                        new Stretch(500, 1_000, 50),
                        new Stretch(100_000, 101_000, 50),
                        new Stretch(100_500, 101_000, 50));
    }

    @Test
    void nothing_is_looked_at_in_an_empty_store() {
        assertThat(Stretches.of(new HistoryOutline(0, 0, List.of()), SimulationOptions.of(2_000))
                        .all())
                .isEmpty();
    }

    @Test
    void a_sample_has_bounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulationOptions.of(99))
                .withMessage(
                        "sample is 99 and stretches is 20 but a sample must be from 100 to 100000 events and be at least 1 stretch; correct it");
    }
}
