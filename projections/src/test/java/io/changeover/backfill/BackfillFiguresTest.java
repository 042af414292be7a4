package io.changeover.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.changeover.backfill.BackfillProgress.State;
import io.changeover.view.VersionId;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackfillFiguresTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static BackfillProgress progress(State state, long position, Duration elapsed) {
        return new BackfillProgress(
                new VersionId("order-board", 2), state, 1_000, position, 5_000, position - 1_000, elapsed, null);
    }

    @Test
    void the_rate_is_that_of_this_run() {
        assertThat(progress(State.RUNNING, 2_000, Duration.ofSeconds(4)).eventsPerSecond())
                .isEqualTo(250);
    }

    @Test
    void there_is_no_rate_before_any_time_has_passed() {
        assertThat(progress(State.RUNNING, 2_000, Duration.ZERO).eventsPerSecond())
                .isZero();
    }

    @Test
    void the_time_left_follows_from_the_positions_of_this_run() {
        assertThat(progress(State.RUNNING, 2_000, Duration.ofSeconds(4)).eta()).isEqualTo(Duration.ofSeconds(12));
        assertThat(progress(State.RUNNING, 5_000, Duration.ofSeconds(4)).eta()).isEqualTo(Duration.ZERO);
    }

    @Test
    void the_time_left_is_unknown_at_the_start_and_after_the_end() {
        assertThat(progress(State.RUNNING, 1_000, SECOND).eta()).isNull();
        assertThat(progress(State.DONE, 5_000, SECOND).eta()).isNull();
        assertThat(progress(State.FAILED, 2_000, SECOND).eta()).isNull();
    }

    @Test
    void the_defaults_are_valid() {
        assertThatNoException().isThrownBy(BackfillOptions::defaults);
    }

    @Test
    void a_number_below_one_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackfillOptions(0, 1, SECOND, 1, SECOND))
                .withMessage("pageSize is 0 but must be 1 or greater");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackfillOptions(1, -5, SECOND, 1, SECOND))
                .withMessage("checkpointEvents is -5 but must be 1 or greater");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackfillOptions(1, 1, SECOND, 0, SECOND))
                .withMessage("maxRowsInMemory is 0 but must be 1 or greater");
    }

    @Test
    void a_duration_that_is_not_positive_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackfillOptions(1, 1, Duration.ZERO, 1, SECOND))
                .withMessage("checkpointInterval is PT0S but must be longer than zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackfillOptions(1, 1, SECOND, 1, SECOND.negated()))
                .withMessage("claimPatience is PT-1S but must be longer than zero");
    }
}
