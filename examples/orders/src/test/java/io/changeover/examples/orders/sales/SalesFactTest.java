package io.changeover.examples.orders.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.Versions;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SalesFactTest {

    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);
    private static final LocalDate LATER = LocalDate.of(2003, 1, 10);

    private final SalesFactV2 folded = new SalesFactV2();
    private final OrderFactTable table = new OrderFactTable();

    @Test
    void a_line_follows_its_order() {
        OrderLineAdded line = new OrderLineAdded("10100", "363", DAY, 3, "S18_1749", 30, new Money(17_200, "USD"));
        SalesFactV2.Row row = folded.on(folded.on(line), new OrderShipped("10100", "363", LATER, null));

        assertThat(folded.entry(row))
                .isEqualTo(new SalesFactEntry(
                        "10100", 3, "363", "S18_1749", 30, 172, 516_000, DAY, LATER, OrderStatus.SHIPPED));
        OrderCancelled cancelled = new OrderCancelled("10100", "363", LATER, new Money(516_000, "USD"), null);
        assertThat(folded.on(row, cancelled).shippedDate()).isEqualTo(LATER);
    }

    @Test
    void what_happens_to_an_order_touches_all_its_lines() {
        FoldedVersion version = FoldedVersion.of(folded);

        assertThat(version.key(new OrderShipped("10100", "363", LATER, null)).parts())
                .containsExactly("10100");
    }

    @Test
    void the_capped_price_of_the_reporting_table_stays_a_difference_and_its_cents_stay_too() {
        SalesFactEntry entry = table.entry(row(LATER, "100.0000000", 5151.0));

        assertThat(entry.unitPriceInUnits()).isEqualTo(100);
        assertThat(entry.totalMinorUnits()).isEqualTo(515_100);
        assertThat(table.entry(row(LATER, "34.4700000", 1689.03)))
                .extracting(SalesFactEntry::unitPriceInUnits, SalesFactEntry::totalMinorUnits)
                .containsExactly(34L, 168_903L);
    }

    @Test
    void the_instant_of_a_load_means_not_shipped() {
        assertThat(table.entry(row(LocalDate.of(2006, 8, 23), "34", 34)).shippedDate())
                .isNull();
        assertThat(table.entry(row(LocalDate.of(2005, 5, 20), "34", 34)).shippedDate())
                .isEqualTo("2005-05-20");
    }

    @Test
    void both_versions_have_one_canonical_record() {
        assertThat(Versions.of(List.of(FoldedVersion.of(folded), ForeignVersion.of(table)))
                        .of("sales-fact"))
                .hasSize(2);
    }

    private static OrderFactTable.Row row(LocalDate shipped, String price, double total) {
        return new OrderFactTable.Row(
                "10100", 3, "363", "S18_1749", 30, new BigDecimal(price), total, DAY, shipped, "Shipped");
    }
}
