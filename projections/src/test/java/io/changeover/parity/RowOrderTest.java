package io.changeover.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowOrderTest {

    private static final int[] BEYOND_THE_USUAL = {
        'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff
    };

    private static int byBytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(BEYOND_THE_USUAL[random.nextInt(BEYOND_THE_USUAL.length)]);
        }
        return text.toString();
    }

    @Test
    void keys_are_ordered_like_their_utf_8_bytes() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            String left = text(random);
            String right = text(random);
            assertThat(Integer.signum(KeyMatch.compareByBytes(left, right)))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(byBytes(left, right)));
        }
    }

    @Test
    void a_character_beyond_the_basic_plane_comes_after_all_within_it() {
        assertThat(KeyMatch.compareByBytes("\ud83d\ude00", "\uffff")).isPositive();
        assertThat("\ud83d\ude00".compareTo("\uffff")).isNegative();
    }

    @Test
    void a_prefix_comes_first() {
        assertThat(KeyMatch.compareByBytes("o1", "o10")).isNegative();
        assertThat(KeyMatch.compareByBytes("o1", "o1")).isZero();
    }
}
