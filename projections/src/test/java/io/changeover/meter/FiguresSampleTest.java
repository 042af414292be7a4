package io.changeover.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FiguresSampleTest {

    private static final StoreFiguresOptions OPTIONS =
            new StoreFiguresOptions(Duration.ofSeconds(5), Duration.ofSeconds(3), 50);
    private static final StoreFigures FIGURES =
            new StoreFigures(Map.of(), Map.of(), Map.of("order-board", true), List.of(), List.of(), List.of());

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final FiguresSample sample = new FiguresSample(this::read, OPTIONS, now::get);

    private StoreFigures read() {
        if (away.get()) {
            throw new IllegalStateException("the database is away");
        }
        readings.incrementAndGet();
        return FIGURES;
    }

    @Test
    void however_often_somebody_looks_the_store_is_read_once() {
        assertThat(sample.latest()).isEmpty();
        assertThat(sample.age()).isNaN();
        sample.refresh();
        for (int look = 0; look < 1_000; look++) {
            assertThat(sample.latest()).contains(FIGURES);
        }
        assertThat(readings).hasValue(1);
    }

    @Test
    void a_reading_counts_for_three_intervals_and_then_nothing_is_said() {
        sample.refresh();
        away.set(true);
        sample.refresh();
        now.set(Duration.ofSeconds(15).toNanos());
        assertThat(sample.latest()).contains(FIGURES);
        now.incrementAndGet();
        assertThat(sample.latest()).isEmpty();
        now.set(Duration.ofSeconds(40).toNanos());
        assertThat(sample.age()).isEqualTo(40);
        away.set(false);
        sample.refresh();
        assertThat(sample.latest()).contains(FIGURES);
        assertThat(sample.age()).isZero();
    }

    @Test
    void who_looks_does_not_wait_for_a_reading_that_hangs() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FiguresSample hanging = new FiguresSample(
                () -> {
                    hangs.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return FIGURES;
                },
                OPTIONS,
                now::get);
        Thread reader = new Thread(hanging::refresh);
        reader.start();
        hangs.await();
        assertThat(hanging.latest()).isEmpty();
        assertThat(hanging.age()).isNaN();
        goOn.countDown();
        reader.join();
        assertThat(hanging.latest()).contains(FIGURES);
    }

    @Test
    void options_say_each_value_that_lies_outside_of_its_bounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreFiguresOptions(Duration.ofMillis(99), Duration.ZERO, 0))
                .withMessage(
                        "interval is PT0.099S but must be from 100 ms to a minute; silentAfter is PT0S but must be more than zero; maxNodes is 0 but must be from 1 to 1,000; correct the settings changeover.meters.*");
    }
}
