package io.changeover.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.sensitive.Sensitive;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureTextTest {

    record Name(String given, String family) {}

    record Event(
            String order,
            @Sensitive Name contact,
            @Sensitive List<String> phones,
            @Sensitive Map<String, Long> cards) {}

    private static final Event EVENT =
            new Event("order-7", new Name("Ann", "Annesley"), List.of("030 1"), Map.of("visa", 4_711L));

    @Test
    void what_is_sensitive_in_the_event_is_masked_however_deep() {
        assertThat(FailureText.of(
                        new IllegalStateException("Ann Annesley of order-7 (030 1, visa 4711) is unknown"),
                        List.of(EVENT)))
                .isEqualTo("IllegalStateException: *** *** of order-7 (***, *** ***) is unknown");
    }

    @Test
    void a_failure_without_words_is_told_by_its_class() {
        assertThat(FailureText.of(new StackOverflowError(), List.of())).isEqualTo("StackOverflowError");
    }

    @Test
    void long_words_are_cut() {
        assertThat(FailureText.of(new IllegalStateException("x".repeat(600)), List.of()))
                .hasSize(500)
                .endsWith("x...");
    }
}
