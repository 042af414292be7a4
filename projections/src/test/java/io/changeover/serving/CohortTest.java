package io.changeover.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CohortTest {

    private static final int KEYS = 100_000;
    private static final int WALKS = 40;
    private static final int STEPS = 50;

    @Test
    void a_reader_stays_in_a_cohort_for_ever() {
        assertThat(Cohort.of("order-board", "ann")).isEqualTo(8752);
        assertThat(Cohort.of("order-board", "reader-1")).isEqualTo(1448);
        assertThat(Cohort.of("order-board", "żółw")).isEqualTo(5070);
        assertThat(Cohort.of("order-board", "")).isEqualTo(7429);
    }

    @Test
    void one_reader_has_a_cohort_of_its_own_for_each_view() {
        assertThat(Cohort.of("customer-account", "ann")).isNotEqualTo(Cohort.of("order-board", "ann"));
        assertThat(Cohort.of("ab", "c")).isNotEqualTo(Cohort.of("a", "bc"));
    }

    @Test
    void similar_keys_fill_all_hundredths_evenly() {
        int[] hundredths = new int[100];
        for (int i = 0; i < KEYS; i++) {
            int cohort = Cohort.of("order-board", "reader-" + i);
            assertThat(cohort).isBetween(0, Cohort.COUNT - 1);
            hundredths[cohort / 100]++;
        }

        // Five standard deviations around 1,000 of a binomial distribution.
        assertThat(Arrays.stream(hundredths).boxed()).allMatch(count -> count > 840 && count < 1160);
    }

    @Test
    void who_is_served_at_one_percentage_is_served_at_every_greater_one() {
        Random random = new Random(42);
        for (int i = 0; i < KEYS; i++) {
            int cohort = Cohort.of("order-board", Long.toString(random.nextLong(), 36));
            int percent = random.nextInt(100);
            int greater = percent + 1 + random.nextInt(100 - percent);
            if (Cohort.served(cohort, percent)) {
                assertThat(Cohort.served(cohort, greater)).isTrue();
            }
        }
    }

    @Test
    void the_last_to_come_is_the_first_to_leave() {
        for (int cohort = 0; cohort < Cohort.COUNT; cohort++) {
            int came = 0;
            while (!Cohort.served(cohort, came)) {
                came++;
            }
            int left = 100;
            while (Cohort.served(cohort, left)) {
                left--;
            }
            assertThat(left).isEqualTo(came - 1);
        }
    }

    @Test
    void each_percentage_serves_exactly_its_share_of_cohorts() {
        for (int percent = 0; percent <= 100; percent++) {
            int served = 0;
            for (int cohort = 0; cohort < Cohort.COUNT; cohort++) {
                served += Cohort.served(cohort, percent) ? 1 : 0;
            }
            assertThat(served).isEqualTo(percent * 100);
        }
    }

    @Test
    void on_any_way_up_and_down_nobody_leaves_before_who_came_later() {
        for (int seed = 0; seed < WALKS; seed++) {
            Random random = new Random(seed);
            int[] came = new int[Cohort.COUNT]; // step in which the cohort moved last, 0 for one that is not served
            int percent = 0;
            for (int step = 1; step <= STEPS; step++) {
                int next = random.nextInt(101);
                int latestToStay = 0;
                int earliestToLeave = Integer.MAX_VALUE;
                for (int cohort = 0; cohort < Cohort.COUNT; cohort++) {
                    boolean was = came[cohort] > 0;
                    boolean is = Cohort.served(cohort, next);
                    if (was == is) {
                        latestToStay = Math.max(latestToStay, came[cohort]);
                    } else {
                        assertThat(is).as("at %d %% after %d %%", next, percent).isEqualTo(next > percent);
                        earliestToLeave = was ? Math.min(earliestToLeave, came[cohort]) : earliestToLeave;
                        came[cohort] = is ? step : 0;
                    }
                }
                assertThat(earliestToLeave)
                        .as("from %d %% to %d %%, seed %d", percent, next, seed)
                        .isGreaterThanOrEqualTo(next < percent ? latestToStay : 0);
                percent = next;
            }
        }
    }
}
