package io.changeover.examples.orders.sales;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.ForeignView;
import io.changeover.view.Key;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The reporting team's table, maintained by a process that is not ours. Only representation is evened out here, each
 * with its reason; what that process got wrong stays visible.
 */
@ForeignView(
        name = "sales-fact",
        version = 1,
        query = OrderFactTable.QUERY,
        position = "select max(position) from legacy.orderfact_load")
class OrderFactTable {

    static final String QUERY =
            """
            select order_number as order_id,
                   order_line_number as line_number,
                   customer_number as customer_id,
                   product_code,
                   quantity_ordered,
                   price_each,
                   total_price,
                   order_date::date as order_date,
                   shipped_date::date as shipped_date,
                   status
            from legacy.orderfact""";

    private static final int FIRST_YEAR_OF_LOADS = 2006;
    private static final int CENT_DIGITS = 2;

    record Row(
            @Key String orderId,
            @Key int lineNumber,
            String customerId,
            String productCode,
            int quantityOrdered,
            BigDecimal priceEach,
            double totalPrice,
            LocalDate orderDate,
            LocalDate shippedDate,
            String status) {}

    @Canonical
    @CanonicalSql({
        "quantity = quantity_ordered",
        "unitPriceInUnits = case when price_each >= 0 then round(price_each)::bigint end",
        "totalMinorUnits = round(total_price::numeric * 100)::bigint",
        "shippedDate = case when shipped_date < date '2006-01-01' then shipped_date end",
        "status = upper(replace(status, ' ', '_'))"
    })
    SalesFactEntry entry(Row row) {
        return new SalesFactEntry(
                row.orderId(),
                row.lineNumber(),
                row.customerId(),
                row.productCode(),
                row.quantityOrdered(),
                // Whole dollars are all that the order system has. A price capped at 100 stays a difference.
                row.priceEach().setScale(0, RoundingMode.HALF_UP).longValueExact(),
                // A floating point number in the table; its cents are exact and are kept.
                BigDecimal.valueOf(row.totalPrice())
                        .setScale(CENT_DIGITS, RoundingMode.HALF_UP)
                        .unscaledValue()
                        .longValueExact(),
                row.orderDate(),
                shippedDate(row),
                OrderStatus.ofLabel(row.status()).orElseThrow());
    }

    /**
     * The column allows no null, so the process writes the instant of its load, in 2006, for goods that were never
     * shipped; the last real date is in 2005.
     */
    private static @Nullable LocalDate shippedDate(Row row) {
        return row.shippedDate().getYear() >= FIRST_YEAR_OF_LOADS ? null : row.shippedDate();
    }
}
