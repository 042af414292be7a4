package io.changeover.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RateTest {

    private static final long SECOND = 1_000_000_000L;

    private final Rate rate = new Rate();

    @Test
    void it_is_the_growth_over_the_last_seconds() {
        assertThat(rate.perSecond()).isZero();
        rate.sample(0, 0);
        rate.sample(SECOND, 100);
        rate.sample(2 * SECOND, 300);
        assertThat(rate.perSecond()).isEqualTo(150);
        assertThat(rate.perSecond(SECOND)).isEqualTo(200);
        rate.clear();
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void who_looks_is_not_disturbed_by_work_that_is_counted_or_lost() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> counting = CompletableFuture.runAsync(() -> {
            for (long i = 0; !over.get(); i++) {
                rate.sample(i * SECOND, i);
                if (i % 20 == 0) {
                    rate.clear();
                }
            }
        });
        for (int look = 0; look < 300_000; look++) {
            assertThat(rate.perSecond()).isBetween(0.0, 1.0);
        }
        over.set(true);
        counting.join();
    }
}
