package io.changeover.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.RowKey;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TallyTest {

    @EventType(name = "order.placed")
    record OrderPlaced(String id) {}

    @SuppressWarnings("ArrayRecordComponent") // a team may well have one
    record Entry(@Key String id, @Nullable BigDecimal amount, @Nullable String text, byte @Nullable [] seal) {}

    @View(name = "board", version = 1)
    static class Board {
        @Fold
        Entry placed(OrderPlaced event) {
            return entry(event.id(), null, null);
        }

        @Canonical
        Entry canonical(Entry row) {
            return row;
        }
    }

    private final List<DifferingRow> found = new ArrayList<>();
    private final Tally tally = new Tally(FoldedVersion.of(new Board()).canonical(), new Masks(1), 10, found::add);

    private Findings findings() {
        return tally.addedTo(Findings.NONE);
    }

    private static Entry entry(String id, String amount, String text) {
        return new Entry(id, amount == null ? null : new BigDecimal(amount), text, null);
    }

    private static Map<String, Object> shown(String id) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.put("amount", new BigDecimal("1"));
        shown.put("text", "a");
        shown.put("seal", null);
        return shown;
    }

    @Test
    void nothing_compared_is_clean() {
        assertThat(findings().clean()).isTrue();
        assertThat(tally.compared()).isZero();
    }

    @Test
    void equal_rows_are_counted_and_not_sampled() {
        tally.both(RowKey.of("o1"), entry("o1", "1", null), entry("o1", "1", null));

        assertThat(tally.compared()).isEqualTo(1);
        assertThat(findings().equal()).isEqualTo(1);
        assertThat(findings().clean()).isTrue();
        assertThat(findings().samples()).isEmpty();
    }

    @Test
    void decimals_are_equal_by_value() {
        tally.both(RowKey.of("o1"), entry("o1", "1.0", "a"), entry("o1", "1.00", "a"));
        tally.both(RowKey.of("o2"), entry("o2", "1E+2", "a"), entry("o2", "100", "a"));

        assertThat(findings().equal()).isEqualTo(2);
    }

    @Test
    void arrays_are_equal_by_content() {
        tally.both(
                RowKey.of("o1"),
                new Entry("o1", null, null, new byte[] {1, 2}),
                new Entry("o1", null, null, new byte[] {1, 2}));
        tally.both(
                RowKey.of("o2"),
                new Entry("o2", null, null, new byte[] {1, 2}),
                new Entry("o2", null, null, new byte[] {1, 3}));

        assertThat(findings().equal()).isEqualTo(1);
        assertThat(findings().byField()).containsOnlyKeys("seal").containsEntry("seal", 1L);
    }

    @Test
    void null_differs_from_a_value() {
        tally.both(RowKey.of("o1"), entry("o1", null, "a"), entry("o1", "0", "a"));

        assertThat(findings().different()).isEqualTo(1);
        assertThat(findings().samples()).containsExactly(new Difference("amount", "o1", null, new BigDecimal("0")));
    }

    @Test
    void a_row_that_differs_in_several_fields_counts_once_and_in_each_field() {
        tally.both(RowKey.of("o1"), entry("o1", "1", "a"), entry("o1", "2", "b"));
        tally.both(RowKey.of("o2"), entry("o2", "1", "a"), entry("o2", "1", "b"));

        assertThat(tally.compared()).isEqualTo(2);
        assertThat(findings().different()).isEqualTo(2);
        assertThat(findings().equal()).isZero();
        assertThat(findings().clean()).isFalse();
        assertThat(findings().byField()).containsExactly(Map.entry("amount", 1L), Map.entry("text", 2L));
    }

    @Test
    void rows_of_one_side_are_told_apart() {
        tally.onlyLeft(RowKey.of("o1"), entry("o1", "1", "a"));
        tally.onlyRight(RowKey.of("o2"), entry("o2", "1", "a"));

        assertThat(findings().missing()).isEqualTo(1);
        assertThat(findings().extra()).isEqualTo(1);
        assertThat(tally.compared()).isZero();
        assertThat(findings().clean()).isFalse();
        assertThat(findings().samples())
                .containsExactly(
                        new Difference("missing", "o1", shown("o1"), null),
                        new Difference("extra", "o2", null, shown("o2")));
    }

    @Test
    void samples_are_bounded_for_each_kind() {
        for (int i = 0; i < 25; i++) {
            tally.onlyLeft(RowKey.of("m" + i), entry("m" + i, "1", "a"));
            tally.onlyRight(RowKey.of("x" + i), entry("x" + i, "1", "a"));
            tally.both(RowKey.of("d" + i), entry("d" + i, "1", "a"), entry("d" + i, "2", "b"));
        }

        assertThat(findings().samples()).hasSize(40);
        assertThat(findings().samples())
                .filteredOn(difference -> difference.kind().equals("text"))
                .hasSize(10)
                .first()
                .isEqualTo(new Difference("text", "d0", "a", "b"));
        assertThat(findings().byField()).containsEntry("text", 25L);
        assertThat(findings().missing()).isEqualTo(25);
    }
}
