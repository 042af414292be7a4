package io.changeover.benchmark.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepeatingTest {

    @Test
    void counts_and_adds_up_what_the_work_gives() throws InterruptedException {
        CountDownLatch three = new CountDownLatch(3);
        Repeating repeating = new Repeating("test", 0, () -> {
            three.countDown();
            return 7;
        });
        three.await();
        repeating.close();

        assertThat(repeating.times()).isGreaterThanOrEqualTo(3);
        assertThat(repeating.sum()).isEqualTo(7 * repeating.times());
    }

    @Test
    void tells_at_its_end_what_the_work_failed_with() {
        Repeating repeating = new Repeating("test", 0, () -> {
            throw new IllegalStateException("no more");
        });

        assertThatThrownBy(repeating::close).hasRootCauseMessage("no more");
    }
}
