package io.changeover.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackfillFiguresTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void a_rate_is_that_of_the_last_ten_seconds() {
        Rate rate = new Rate();
        assertThat(rate.perSecond()).isZero();
        rate.sample(0, 0);
        assertThat(rate.perSecond()).isZero();
        rate.sample(SECOND.toNanos(), 100);
        assertThat(rate.perSecond()).isEqualTo(100);
        rate.sample(10 * SECOND.toNanos(), 1_000);
        rate.sample(20 * SECOND.toNanos(), 6_000);
        assertThat(rate.perSecond()).isEqualTo(500);
    }

    @Test
    void samples_that_follow_at_once_do_not_make_a_rate_jump() {
        Rate rate = new Rate();
        rate.sample(0, 0);
        rate.sample(SECOND.toNanos(), 100);
        rate.sample(SECOND.toNanos() + 1, 1_000_000);
        assertThat(rate.perSecond()).isEqualTo(100);
    }

    @Test
    void the_rate_of_the_last_seconds_alone_can_be_asked_for() {
        Rate rate = new Rate();
        rate.sample(0, 0);
        rate.sample(4 * SECOND.toNanos(), 400);
        rate.sample(5 * SECOND.toNanos(), 1_400);
        assertThat(rate.perSecond()).isEqualTo(280);
        assertThat(rate.perSecond(SECOND.toNanos())).isEqualTo(1_000);
        assertThat(rate.perSecond(2 * SECOND.toNanos())).isEqualTo(280);
    }

    @Test
    void after_a_pause_the_rate_is_unknown() {
        Rate rate = new Rate();
        rate.sample(0, 0);
        rate.sample(SECOND.toNanos(), 100);
        rate.clear();
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void the_defaults_are_valid() {
        assertThatNoException().isThrownBy(BackfillOptions::defaults);
    }

    @Test
    void a_value_below_its_least_is_refused() {
        refused("workers is 0 but must be 1 or greater", () -> options(0, MEBIBYTE, SECOND, 1, 1, 0));
        refused("memoryBudget is 1000 but must be 1048576 or greater", () -> options(1, 1_000, SECOND, 1, 1, 0));
        refused("checkpointBytes is 0 but must be 1 or greater", () -> options(1, MEBIBYTE, SECOND, 0, 1, 0));
        refused("chunkEvents is -5 but must be 1 or greater", () -> options(1, MEBIBYTE, SECOND, 1, -5, 0));
        refused("maxDeadLetters is -1 but must be 0 or greater", () -> options(1, MEBIBYTE, SECOND, 1, 1, -1));
    }

    @Test
    void a_duration_that_is_not_positive_is_refused() {
        refused(
                "checkpointInterval is PT0S but must be longer than zero",
                () -> options(1, MEBIBYTE, Duration.ZERO, 1, 1, 0));
    }

    private static void options(int workers, long memory, Duration interval, long bytes, int chunk, long letters) {
        var unused = new BackfillOptions(true, workers, memory, interval, bytes, chunk, letters);
    }

    private static void refused(String message, ThrowingCallable what) {
        assertThatIllegalArgumentException().isThrownBy(what).withMessage(message);
    }
}
