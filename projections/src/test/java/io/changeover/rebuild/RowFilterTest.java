package io.changeover.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowFilterTest {

    enum Status {
        OPEN,
        SHIPPED
    }

    @EventType(name = "order.placed")
    record Placed(int orderNumber) {}

    record Row(
            @Key int orderNumber,
            String customer,
            Status status,
            LocalDate orderDate,
            Instant touched,
            BigDecimal total,
            boolean paid,
            long cents,
            double weight,
            UUID code) {}

    record Entry(@Key int orderNumber) {}

    @View(name = "orders", version = 1)
    static class OrdersV1 {

        @Fold
        Row on(Placed event) {
            throw new IllegalStateException("is never folded");
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.orderNumber());
        }
    }

    private static final FoldedVersion VERSION = FoldedVersion.of(new OrdersV1());

    private static RowFilter parse(String text) {
        return RowFilter.parse(text, VERSION.rows());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            status=SHIPPED          | "status" = cast(? as text)
            status != OPEN          | "status" <> cast(? as text)
            orderDate>=2004-01-01   | "order_date" >= cast(? as date)
            order_date<2004-01-01   | "order_date" < cast(? as date)
            orderNumber<=10         | "order_number" <= cast(? as integer)
            total>12.50             | "total" > cast(? as numeric)
            """)
    void names_a_column_or_a_component_and_binds_its_value(String text, String sql) {
        assertThat(parse(text).sql()).isEqualTo(sql);
    }

    @Test
    void takes_each_value_as_what_its_column_holds() {
        assertThat(parse("customer= a=b ").value()).isEqualTo("a=b");
        assertThat(parse("customer=").value()).isEqualTo("");
        assertThat(parse("status=OPEN").value()).isEqualTo("OPEN");
        assertThat(parse("orderDate=2004-02-29").value()).isEqualTo(LocalDate.of(2004, 2, 29));
        assertThat(parse("touched<2004-02-29T01:02:03Z").value())
                .isEqualTo(OffsetDateTime.parse("2004-02-29T01:02:03Z"));
        assertThat(parse("total=1.50").value()).isEqualTo(new BigDecimal("1.50"));
        assertThat(parse("paid=true").value()).isEqualTo(true);
        assertThat(parse("cents=9999999999").value()).isEqualTo(9_999_999_999L);
        assertThat(parse("weight=1.5").value()).isEqualTo(1.5);
        assertThat(parse("code=123e4567-e89b-12d3-a456-426614174000").value())
                .isEqualTo(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            status=GONE        | Filter 'status=GONE' compares 'status' with 'GONE' but must with one of OPEN, SHIPPED; correct the value
            orderNumber=x      | Filter 'orderNumber=x' compares 'orderNumber' with 'x' but must with a whole number of 32 bits; correct the value
            cents=1.5          | Filter 'cents=1.5' compares 'cents' with '1.5' but must with a whole number of 64 bits; correct the value
            orderDate=01/02/03 | Filter 'orderDate=01/02/03' compares 'orderDate' with '01/02/03' but must with a date such as 2004-01-01; correct the value
            paid=yes           | Filter 'paid=yes' compares 'paid' with 'yes' but must with true or false; correct the value
            code=1             | Filter 'code=1' compares 'code' with '1' but must with a UUID; correct the value
            weight=heavy       | Filter 'weight=heavy' compares 'weight' with 'heavy' but must with a number such as 12.50; correct the value
            """)
    void a_value_that_does_not_fit_is_refused(String text, String message) {
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> parse(text))
                .withMessage(message)
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("invalid-filter"));
    }

    @Test
    void a_home_that_is_no_value_of_the_key_is_refused() {
        TargetHomes homes = new TargetHomes(null, null, null, null, null, null, 2);
        assertThat(homes.listed(VERSION, List.of("10", "9"))).containsExactly("10", "9");
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> homes.listed(VERSION, List.of("10", "010")))
                .withMessage(
                        "Home '010' must be a value of 'orderNumber', the first key of 'orders@1', which is of type integer; correct it");
        assertThatExceptionOfType(RebuildRefusedException.class)
                .isThrownBy(() -> homes.listed(VERSION, List.of("1", "2", "3")))
                .withMessage(
                        "More than 2 homes of 'orders@1' would be rebuilt, and each is kept in memory by name; name fewer, or give the view a new version and build that");
    }
}
