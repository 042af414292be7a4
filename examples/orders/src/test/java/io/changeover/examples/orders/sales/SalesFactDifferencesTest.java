package io.changeover.examples.orders.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.examples.orders.steelwheels.SteelWheels;
import io.changeover.examples.orders.steelwheels.SteelWheels.FactRow;
import io.changeover.examples.orders.steelwheels.SteelWheelsHistory;
import io.changeover.upcast.CurrentEvent;
import io.changeover.view.EventInfo;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What truly differs between the sales folded from the imported history and the reporting team's table. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SalesFactDifferencesTest {

    private static final int BATCH = 400;

    private static Map<String, SalesFactEntry> folded;
    private static Map<String, SalesFactEntry> table;

    @BeforeAll
    static void fold_both() {
        folded = foldedSales();
        OrderFactTable version = new OrderFactTable();
        table = SteelWheels.read().facts().stream()
                .map(fact -> version.entry(row(fact)))
                .collect(Collectors.toMap(SalesFactDifferencesTest::key, Function.identity()));
    }

    @Test
    void the_table_lacks_the_lines_that_were_entered_by_hand_and_has_none_too_many() {
        assertThat(folded).hasSize(3000);
        assertThat(table).hasSize(2996);
        assertThat(folded.keySet()).containsAll(table.keySet());
        assertThat(folded.keySet().stream().filter(key -> !table.containsKey(key)))
                .containsExactlyInAnyOrder("11000/3", "11120/3", "11130/3", "11140/3");
    }

    @Test
    void customer_product_quantity_and_shipped_date_are_equal_everywhere() {
        assertThat(differing(SalesFactEntry::customerId)).isEmpty();
        assertThat(differing(SalesFactEntry::productCode)).isEmpty();
        assertThat(differing(SalesFactEntry::quantity)).isEmpty();
        assertThat(differing(entry -> String.valueOf(entry.shippedDate()))).isEmpty();
    }

    @Test
    void seven_orders_were_set_to_disputed_in_the_table_and_got_the_day_of_that_change_as_their_order_date() {
        assertThat(differing(SalesFactEntry::status)).hasSize(58).allSatisfy((key, entry) -> {
            assertThat(entry.status()).isEqualTo(OrderStatus.DISPUTED);
            assertThat(entry.orderDate()).isAfter(LocalDate.of(2008, 7, 1));
        });
        assertThat(differing(SalesFactEntry::orderDate).keySet())
                .isEqualTo(differing(SalesFactEntry::status).keySet());
    }

    @Test
    void the_table_caps_unit_prices_at_100() {
        assertThat(differing(SalesFactEntry::unitPriceInUnits))
                .hasSize(1368)
                .allSatisfy((key, entry) -> assertThat(entry.unitPriceInUnits()).isEqualTo(100));
    }

    @Test
    void the_order_system_lost_the_cents_that_the_table_has() {
        assertThat(differing(SalesFactEntry::totalMinorUnits)).hasSize(2931).allSatisfy((key, entry) -> assertThat(
                        Math.abs(entry.totalMinorUnits() - folded.get(key).totalMinorUnits()))
                .isLessThanOrEqualTo(50L * entry.quantity()));
    }

    private static Map<String, SalesFactEntry> differing(Function<SalesFactEntry, Object> field) {
        return table.entrySet().stream()
                .filter(each -> !field.apply(each.getValue()).equals(field.apply(folded.get(each.getKey()))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, SalesFactEntry> foldedSales() {
        FoldedVersion version = FoldedVersion.of(new SalesFactV2());
        Map<String, Map<RowKey, Object>> homes = new TreeMap<>();
        try (OrdersStore store = new OrdersStore()) {
            SteelWheelsHistory.importInto(store, BATCH);
            for (StoredEvent stored : store.events()) {
                for (CurrentEvent current : OrdersStore.READER.read(stored)) {
                    if (version.handles(current.payload())) {
                        apply(version, current, homes.computeIfAbsent(stored.aggregateId(), id -> new HashMap<>()));
                    }
                }
            }
        }
        return homes.values().stream()
                .flatMap(rows -> rows.values().stream())
                .map(row -> (SalesFactEntry) version.canonical().of(row))
                .collect(Collectors.toMap(SalesFactDifferencesTest::key, Function.identity()));
    }

    private static void apply(FoldedVersion version, CurrentEvent current, Map<RowKey, Object> rows) {
        StoredEvent stored = current.stored();
        EventInfo info = new EventInfo(stored.position(), stored.eventId(), stored.aggregateId(), stored.time());
        RowKey key = version.key(current.payload());
        if (key.parts().size() == version.rows().keys().size()) {
            rows.put(key, version.fold(rows.get(key), current.payload(), info));
        } else {
            rows.replaceAll((each, row) -> version.fold(row, current.payload(), info));
        }
    }

    private static String key(SalesFactEntry entry) {
        return entry.orderId() + "/" + entry.lineNumber();
    }

    private static OrderFactTable.Row row(FactRow fact) {
        return new OrderFactTable.Row(
                Integer.toString(fact.orderNumber()),
                fact.lineNumber(),
                Integer.toString(fact.customerNumber()),
                fact.productCode(),
                fact.quantityOrdered(),
                fact.priceEach(),
                fact.totalPrice(),
                fact.orderDate().toLocalDate(),
                fact.shippedDate().toLocalDate(),
                fact.status());
    }
}
