package io.changeover.benchmark.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.parity.OrderedMerge.Counts;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedMergeTest {

    /** Rows whose key is their first letter. */
    private static Counts compare(List<String> left, List<String> right) {
        return OrderedMerge.of(left.iterator(), right.iterator(), row -> row.substring(0, 1));
    }

    @Test
    void finds_nothing_where_both_sides_are_the_same() {
        assertThat(compare(List.of("a1", "b2", "c3"), List.of("a1", "b2", "c3")))
                .isEqualTo(new Counts(3, 0, 0, 0));
        assertThat(compare(List.of(), List.of())).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void finds_what_only_one_side_has_at_either_end_and_between() {
        assertThat(compare(List.of("a1", "b2", "c3", "d4"), List.of("b2", "d4")))
                .isEqualTo(new Counts(2, 2, 0, 0));
        assertThat(compare(List.of("b2"), List.of("a1", "b2", "c3", "d4"))).isEqualTo(new Counts(1, 0, 3, 0));
        assertThat(compare(List.of("a1"), List.of())).isEqualTo(new Counts(0, 1, 0, 0));
    }

    @Test
    void finds_what_differs_also_in_the_last_row() {
        Counts counts = compare(List.of("a1", "b2", "c3"), List.of("a1", "b9", "c9"));

        assertThat(counts).isEqualTo(new Counts(3, 0, 0, 2));
        assertThat(counts.differing()).isEqualTo(2);
    }
}
