package io.changeover.benchmark.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.parity.DifferingRow;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CorruptionTest {

    @Test
    void only_rows_that_are_on_both_sides_differ_in_fields() {
        assertThat(Corruption.all())
                .allSatisfy(corruption -> assertThat(corruption.fields().isEmpty())
                        .isEqualTo(corruption.kind() != DifferingRow.Kind.DIFFERENT));
    }

    @Test
    void exactly_one_of_them_must_not_be_found() {
        assertThat(Corruption.all())
                .filteredOn(corruption -> corruption.kind() == null)
                .hasSize(1);
    }

    @Test
    void every_kind_must_be_found() {
        assertThat(Corruption.all()).extracting(Corruption::kind).contains(DifferingRow.Kind.values());
    }
}
