package io.changeover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciliationOptionsTest {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private static ReconciliationOptions fullAt(LocalTime time) {
        ReconciliationOptions defaults = ReconciliationOptions.defaults();
        return new ReconciliationOptions(
                List.of(), defaults.interval(), time, 0, 100_000, 2_000, 10_000, defaults.lease());
    }

    @Test
    void all_rows_are_due_once_a_day_from_the_planned_time_on() {
        ReconciliationOptions options = fullAt(LocalTime.of(3, 0));
        assertThat(options.isFullDue(Instant.parse("2026-03-10T02:59:59Z"), NOON))
                .isTrue();
        assertThat(options.isFullDue(Instant.parse("2026-03-10T03:00:00Z"), NOON))
                .isFalse();
        Instant beforeDawn = Instant.parse("2026-03-10T02:59:59Z");
        assertThat(options.isFullDue(Instant.parse("2026-03-09T03:00:00Z"), beforeDawn))
                .isFalse();
        assertThat(options.isFullDue(Instant.parse("2026-03-09T02:59:59Z"), beforeDawn))
                .isTrue();
    }

    @Test
    void the_planned_time_itself_is_due() {
        assertThat(fullAt(LocalTime.NOON).isFullDue(NOON.minusMillis(1), NOON)).isTrue();
        assertThat(fullAt(LocalTime.NOON).isFullDue(NOON, NOON)).isFalse();
    }

    @Test
    void after_days_of_rest_one_comparison_of_all_rows_is_due_and_not_one_for_each_day() {
        ReconciliationOptions options = fullAt(LocalTime.of(3, 0));
        assertThat(options.isFullDue(NOON.minus(Duration.ofDays(9)), NOON)).isTrue();
        assertThat(options.isFullDue(NOON, NOON)).isFalse();
    }

    @Test
    void without_a_plan_all_rows_are_due_only_where_they_never_were_compared() {
        assertThat(fullAt(null).isFullDue(null, NOON)).isTrue();
        assertThat(fullAt(null).isFullDue(NOON.minus(Duration.ofDays(900)), NOON))
                .isFalse();
    }

    @Test
    void every_value_out_of_bounds_is_named() {
        assertThatThrownBy(() -> new ReconciliationOptions(
                        List.of(), Duration.ZERO, null, -1, 0, 0, 1_000_001, Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "interval is PT0S but must be from PT0.01S to PT24H; lease is PT48H but must be from PT0.01S to PT24H; alertAbove is -1 but must be 0 or greater; stretch is 0 but must be 1 or greater; batch is 0 but must be from 1 to 100000; keptRows is 1000001 but must be from 1 to 1000000; correct the settings of the reconciliation");
    }
}
