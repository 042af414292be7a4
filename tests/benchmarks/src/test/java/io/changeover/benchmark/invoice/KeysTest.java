package io.changeover.benchmark.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeysTest {

    @Test
    void sequential_keys_are_of_one_length_so_that_their_order_is_that_of_the_numbers() {
        assertThat(Keys.sequential(1)).isEqualTo("i-000000001");
        assertThat(Keys.sequential(123_456_789)).isEqualTo("i-123456789");
    }
}
