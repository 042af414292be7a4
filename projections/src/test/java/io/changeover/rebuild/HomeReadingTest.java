package io.changeover.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HomeReadingTest {

    private static HomeReading reading(String code, Map<String, String> fields) {
        return new HomeReading("key", code, new TreeMap<>(fields));
    }

    private static final HomeReading FIRST = reading("one", Map.of("x@1", "id", "x@2", "item"));

    @Test
    void is_read_back_as_it_was_written() {
        assertThat(HomeReading.parse(FIRST.written())).isEqualTo(FIRST);
        assertThat(HomeReading.parse(reading("one", Map.of()).written())).isEqualTo(reading("one", Map.of()));
        HomeReading odd = reading("one", Map.of("a=b@1", "?"));
        assertThat(HomeReading.parse(odd.written())).isEqualTo(odd);
    }

    @Test
    void other_code_finds_the_same_homes_while_each_revision_keeps_its_field() {
        assertThat(reading("two", Map.of("x@1", "id", "x@2", "item", "x@3", "item"))
                        .findsTheHomesOf(FIRST))
                .isTrue();
        assertThat(reading("two", Map.of("x@1", "other", "x@2", "item")).findsTheHomesOf(FIRST))
                .isFalse();
        assertThat(reading("two", Map.of("x@2", "item")).findsTheHomesOf(FIRST)).isFalse();
        assertThat(new HomeReading("another key", "one", FIRST.fields()).findsTheHomesOf(FIRST))
                .isFalse();
    }

    @Test
    void what_cannot_be_told_is_the_same_in_the_same_code_only() {
        HomeReading untold = reading("one", Map.of("x@1", "?"));
        assertThat(untold.findsTheHomesOf(untold)).isTrue();
        assertThat(reading("two", Map.of("x@1", "?")).findsTheHomesOf(untold)).isFalse();
    }

    @Test
    void rows_of_two_releases_are_held_against_both() {
        HomeReading second = reading("two", Map.of("x@1", "id", "x@2", "item", "x@3", "item"));
        HomeReading both = FIRST.and(second);
        assertThat(both).isEqualTo(reading("several", Map.of("x@1", "id", "x@2", "item", "x@3", "item")));
        assertThat(FIRST.findsTheHomesOf(both)).isFalse();
        assertThat(second.findsTheHomesOf(both)).isTrue();
        assertThat(reading("three", Map.of("x@1", "id", "x@2", "item", "x@3", "other"))
                        .findsTheHomesOf(both))
                .isFalse();
    }
}
