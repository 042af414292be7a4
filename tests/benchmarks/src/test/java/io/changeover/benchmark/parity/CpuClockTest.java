package io.changeover.benchmark.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.parity.CpuClock.Stat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CpuClockTest {

    @Test
    void adds_up_the_time_of_a_process_and_of_its_dead_whatever_its_name() {
        // utime, stime, cutime and cstime are 100, 20, 3000 and 400 hundredths of a second.
        String line = "42 (postgres: a) b) S 7 42 42 0 -1 4194304 1 2 3 4 100 20 3000 400 20 0 1 0 5 6 7";

        assertThat(Stat.of(line)).isEqualTo(new Stat(7, 35.2));
    }
}
