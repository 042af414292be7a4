package io.changeover.benchmark.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultyTest {

    @Test
    void about_one_key_in_a_hundred_thousand_shows_the_fault() {
        long faulty = LongStream.rangeClosed(1, 1_000_000)
                .mapToObj(Keys::sequential)
                .filter(Faulty::shows)
                .count();

        assertThat(faulty).isBetween(5L, 15L);
    }

    @Test
    void says_the_same_in_sql() {
        assertThat(Faulty.sql("key")).isEqualTo("crc32(convert_to(key, 'UTF8')) % 100000 = 7");
    }
}
