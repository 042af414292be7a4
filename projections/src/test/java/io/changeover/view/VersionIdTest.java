package io.changeover.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-board\"; drop table",
                "order-board'",
                "Order-Board",
                "order_board",
                "order--board",
                "-order",
                "order-",
                "2orders",
                "order board",
                "order/board",
                "order.board",
                "orders\n",
                "",
                "été",
                "a2345678901234567890123456789012345678901"
            })
    void a_name_that_is_not_a_safe_identifier_is_refused(String name) {
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> new VersionId(name, 1))
                .withMessage(
                        "View name '%s' must be lower-case words of letters and digits joined by hyphens, such as 'order-board', with at most 40 characters; rename the view"
                                .formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "order-board", "o", "order-2-board", "a234567890123456789012345678901234567890"})
    void a_safe_name_is_taken(String name) {
        assertThat(new VersionId(name, 1).view()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_000, Integer.MAX_VALUE})
    void a_number_out_of_range_is_refused(int version) {
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> new VersionId("order-board", version))
                .withMessage(
                        "Version %d of view 'order-board' must be from 1 to 999999; renumber it".formatted(version));
    }

    @Test
    void the_written_form_reads_back() {
        assertThat(new VersionId("order-board", 2)).hasToString("order-board@2");
        assertThat(VersionId.parse("order-board@2")).isEqualTo(new VersionId("order-board", 2));
        assertThat(VersionId.parse("order-board@999999").version()).isEqualTo(999_999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order-board", "order-board@", "@2", "order-board@two", "order-board@-1", "order-board@1234567"})
    void a_text_of_another_form_is_refused(String text) {
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> VersionId.parse(text))
                .withMessage("'%s' must name a view version such as 'order-board@2'; add the version after an @"
                        .formatted(text));
    }

    @Test
    void a_written_form_obeys_the_rules_of_its_parts() {
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> VersionId.parse("order-board\"; drop table@1"))
                .withMessage(
                        "View name 'order-board\"; drop table' must be lower-case words of letters and digits joined by hyphens, such as 'order-board', with at most 40 characters; rename the view");
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> VersionId.parse("order-board@0"))
                .withMessage("Version 0 of view 'order-board' must be from 1 to 999999; renumber it");
    }

    @Test
    void the_table_has_a_name_of_its_own() {
        assertThat(new VersionId("order-board", 2).tableName()).isEqualTo("order_board_v2");
        assertThat(Stream.of(
                                new VersionId("order", 2),
                                new VersionId("order-v2", 1),
                                new VersionId("order-v2", 2),
                                new VersionId("order-v2-v1", 2))
                        .map(VersionId::tableName))
                .doesNotHaveDuplicates();
    }

    @Test
    void versions_are_ordered_by_view_and_number() {
        VersionId board2 = new VersionId("board", 2);
        VersionId board10 = new VersionId("board", 10);
        VersionId account1 = new VersionId("account", 1);

        assertThat(Stream.of(board10, board2, account1).sorted()).isEqualTo(List.of(account1, board2, board10));
        assertThat(board2.compareTo(new VersionId("board", 2))).isZero();
    }
}
