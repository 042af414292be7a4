package io.changeover.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SensitiveValuesTest {

    record Name(String given, String family) {}

    record Phone(@Sensitive String number, String kind) {}

    record Guest(
            String house,
            @Sensitive Name name,
            List<Phone> phones,
            @Sensitive Map<String, Optional<Long>> cards,
            @Sensitive Integer age) {}

    record Plain(String house, List<String> doors) {}

    private static final Guest GUEST = new Guest(
            "house-a",
            new Name("Ann", "Annesley"),
            List.of(new Phone("030 1", "home")),
            Map.of("visa", Optional.of(4_711L)),
            7);

    private final SensitiveValues values = SensitiveValues.of(List.of(GUEST));

    @Test
    void values_are_taken_out_however_deep_and_the_longest_first() {
        assertThat(values.without("Ann Annesley of house-a (030 1 at home, visa 4711) is unknown"))
                .isEqualTo("*** *** of house-a (*** at home, *** ***) is unknown");
    }

    @Test
    void a_short_value_is_taken_out_where_it_is_a_word_only() {
        assertThat(values.without("at 7, position 1734 of a7")).isEqualTo("at ***, position 1734 of a7");
    }

    @Test
    void a_failure_keeps_its_classes_and_its_trace_and_loses_the_values_of_all_its_messages() {
        Exception failure = new IllegalStateException("no Ann", new IllegalArgumentException("bad Annesley"));
        Throwable masked = values.without(failure);
        assertThat(masked).hasMessage("java.lang.IllegalStateException: no ***");
        assertThat(masked.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(masked.getCause()).hasMessage("java.lang.IllegalArgumentException: bad ***");
    }

    @Test
    void causes_that_go_round_in_a_circle_are_cut() {
        Exception outer = new IllegalStateException("Ann");
        outer.initCause(new IllegalArgumentException("Annesley", outer));
        assertThat(values.without(outer)).hasMessage("java.lang.IllegalStateException: ***");
    }

    @Test
    void a_failure_without_values_to_hide_is_the_failure_itself() {
        Exception failure = new IllegalStateException("Ann");
        assertThat(SensitiveValues.of(List.of(new Plain("h", List.of("Ann")))).without(failure))
                .isSameAs(failure);
    }

    @Test
    void a_class_tells_whether_it_can_hold_any() {
        assertThat(SensitiveValues.mayBeIn(Guest.class)).isTrue();
        assertThat(SensitiveValues.mayBeIn(Phone[].class)).isTrue();
        assertThat(SensitiveValues.mayBeIn(Plain.class)).isFalse();
        assertThat(SensitiveValues.mayBeIn(String.class)).isFalse();
    }
}
