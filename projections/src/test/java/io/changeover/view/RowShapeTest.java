package io.changeover.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowShapeTest {

    enum Status {
        OPEN,
        CLOSED
    }

    record Line(String product, int quantity) {}

    record Everything(
            @Key String orderId,
            @Key int lineNumber,
            @Indexed String customerName,
            @Nullable String comment,
            long cents,
            @Nullable Long discountCents,
            boolean paid,
            @Nullable Boolean checked,
            double weight,
            @Nullable Double volume,
            BigDecimal price,
            Instant placedAt,
            LocalDate dueDate,
            UUID trace,
            Status status,
            List<Line> lines,
            Line first) {}

    record Small(@Key String id, @Nullable String text, @Nullable Instant at) {}

    record NoKey(String id) {}

    record KeyOfOtherType(@Key BigDecimal id) {}

    record NullableKey(@Key @Nullable String id) {}

    record SameColumn(@Key String id, String orderId, String order_id) {}

    record TakenColumn(@Key String id, long _position) {}

    private static RowShape shape(Class<?> type) {
        List<String> problems = new ArrayList<>();
        RowShape shape = RowShape.of(type, problems);
        assertThat(problems).isEmpty();
        return shape;
    }

    private static List<String> problemsOf(Class<?> type) {
        List<String> problems = new ArrayList<>();
        RowShape.of(type, problems);
        return problems;
    }

    @Test
    void each_component_becomes_a_column_of_its_type() {
        assertThat(shape(Everything.class).columns())
                .extracting(
                        column -> column.name() + " " + column.type().sql() + (column.nullable() ? "" : " not null"))
                .containsExactly(
                        "order_id text not null",
                        "line_number integer not null",
                        "customer_name text not null",
                        "comment text",
                        "cents bigint not null",
                        "discount_cents bigint",
                        "paid boolean not null",
                        "checked boolean",
                        "weight double precision not null",
                        "volume double precision",
                        "price numeric not null",
                        "placed_at timestamptz not null",
                        "due_date date not null",
                        "trace uuid not null",
                        "status text not null",
                        "lines jsonb not null",
                        "first jsonb not null");
    }

    @Test
    void keys_and_indexes_are_those_annotated() {
        RowShape shape = shape(Everything.class);

        assertThat(shape.type()).isEqualTo(Everything.class);
        assertThat(shape.keys()).extracting(Column::component).containsExactly("orderId", "lineNumber");
        assertThat(shape.columns())
                .filteredOn(Column::indexed)
                .extracting(Column::name)
                .containsExactly("customer_name");
    }

    @Test
    void names_become_snake_case() {
        assertThat(RowShape.snakeCase("orderId")).isEqualTo("order_id");
        assertThat(RowShape.snakeCase("line2Total")).isEqualTo("line2_total");
        assertThat(RowShape.snakeCase("id")).isEqualTo("id");
    }

    @Test
    void a_row_comes_apart_and_together_again() {
        RowShape shape = shape(Small.class);
        Small row = new Small("o1", "text", Instant.EPOCH);

        assertThat(shape.values(row)).containsExactly("o1", "text", Instant.EPOCH);
        assertThat(shape.row(shape.values(row))).isEqualTo(row);
        assertThat(shape.key(row)).isEqualTo(RowKey.of("o1"));
    }

    @Test
    void a_record_without_key_is_refused() {
        assertThat(problemsOf(NoKey.class))
                .containsExactly("record 'NoKey' has no @Key component but a row needs a key; annotate one");
    }

    @Test
    void a_key_of_a_type_that_does_not_fit_is_refused() {
        assertThat(problemsOf(KeyOfOtherType.class))
                .containsExactly(
                        "key component 'id' of record 'KeyOfOtherType' has type 'BigDecimal' but a key must be a String, int, long or UUID; map it to one");
    }

    @Test
    void a_key_that_may_be_null_is_refused() {
        assertThat(problemsOf(NullableKey.class))
                .containsExactly(
                        "key component 'id' of record 'NullableKey' must not be @Nullable; remove the annotation");
    }

    @Test
    void two_components_with_one_column_are_refused() {
        assertThat(problemsOf(SameColumn.class))
                .containsExactly(
                        "component 'order_id' of record 'SameColumn' would be stored in column 'order_id', which another component or the provenance has; rename it");
    }

    @Test
    void a_component_with_a_column_of_the_provenance_is_refused() {
        assertThat(problemsOf(TakenColumn.class))
                .containsExactly(
                        "component '_position' of record 'TakenColumn' would be stored in column '_position', which another component or the provenance has; rename it");
    }

    @Test
    void a_row_that_the_database_would_return_as_it_is_stays_the_same_object() {
        Small row = new Small("o1", null, Instant.parse("2004-11-05T10:00:00.123456Z"));

        assertThat(shape(Small.class).normalised(row)).isSameAs(row);
    }

    @Test
    void instants_are_cut_to_the_microsecond_before_the_epoch_too() {
        RowShape shape = shape(Small.class);

        assertThat(shape.normalised(new Small("o1", null, Instant.parse("2004-11-05T10:00:00.123456789Z"))))
                .isEqualTo(new Small("o1", null, Instant.parse("2004-11-05T10:00:00.123456Z")));
        assertThat(shape.normalised(new Small("o1", null, Instant.parse("1904-11-05T10:00:00.123456789Z"))))
                .isEqualTo(new Small("o1", null, Instant.parse("1904-11-05T10:00:00.123456Z")));
    }

    @Test
    void a_decimal_with_a_negative_scale_becomes_a_plain_one_as_the_database_returns_it() {
        record Amount(@Key String id, BigDecimal amount) {}

        assertThat(shape(Amount.class).normalised(new Amount("o1", new BigDecimal("1E+3"))))
                .isEqualTo(new Amount("o1", new BigDecimal("1000")));
        Amount plain = new Amount("o1", new BigDecimal("1.00"));
        assertThat(shape(Amount.class).normalised(plain)).isSameAs(plain);
    }

    @Test
    void null_in_a_component_that_is_not_nullable_is_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> shape(Small.class).normalised(new Small(null, null, null)))
                .withMessage("component 'id' of the row is null but not @Nullable; give it a value or annotate it");
    }

    @Test
    void a_character_that_postgresql_cannot_store_is_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> shape(Small.class).normalised(new Small("o1", "a\0b", null)))
                .withMessage(
                        "component 'text' of the row contains the character U+0000, which PostgreSQL cannot store; remove it in the fold");
    }

    @Test
    void half_a_character_is_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> shape(Small.class).normalised(new Small("o1", "a\ud83d", null)))
                .withMessage(
                        "component 'text' of the row contains half of a surrogate pair, which PostgreSQL cannot store; remove it in the fold");
        Small whole = new Small("o1", "a\ud83d\ude00", null);
        assertThat(shape(Small.class).normalised(whole)).isSameAs(whole);
    }

    @Test
    void a_key_shows_its_parts() {
        RowKey key = RowKey.of("o1", 2);

        assertThat(key).hasToString("o1/2").isEqualTo(RowKey.of("o1", 2)).isNotEqualTo(RowKey.of("o1", 2L));
        assertThat(key.home()).isEqualTo("o1");
        assertThat(key.homeText()).isEqualTo("o1");
        assertThat(key.texts()).containsExactly("o1", "2");
        assertThat(key.size()).isEqualTo(2);
    }
}
