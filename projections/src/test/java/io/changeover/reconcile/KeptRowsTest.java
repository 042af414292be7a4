package io.changeover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.parity.DifferingRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptRowsTest {

    private static DifferingRow row(String key) {
        return new DifferingRow(DifferingRow.Kind.MISSING, key, List.of(key), List.of(), null, null);
    }

    @Test
    void rows_beyond_the_number_are_counted_but_those_that_are_kept_already_stay() {
        KeptRows rows = new KeptRows(1, Set.of(List.of("old")));
        for (String key : List.of("new", "newer", "old", "new", "newest")) {
            rows.accept(row(key));
        }
        assertThat(rows.rows()).extracting(DifferingRow::keyText).containsExactly("new", "old");
        assertThat(rows.more()).isEqualTo(2);
    }
}
