package io.changeover.examples.orders.sales;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.Key;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A sold line; the shape in which versions are compared.
 *
 * <p>The order system keeps unit prices in whole dollars only, the reporting table has cents. The unit price is therefore
 * compared in whole dollars, the precision that both have, where a difference means another price; the total is compared
 * to the cent, where a difference may also mean the cents that the order system lost. So nothing is hidden, and the two
 * kinds show in different fields.
 *
 * @param orderId identifier of the order
 * @param lineNumber number of the line within the order
 * @param customerId identifier of the customer
 * @param productCode what was sold
 * @param quantity how many
 * @param unitPriceInUnits price of one in whole units of the currency, rounded half up
 * @param totalMinorUnits price of the line in the smallest unit of the currency
 * @param orderDate day of the order
 * @param shippedDate day on which the goods left, or null
 * @param status where the order stands
 */
public record SalesFactEntry(
        @Key String orderId,
        @Key int lineNumber,
        String customerId,
        String productCode,
        int quantity,
        long unitPriceInUnits,
        long totalMinorUnits,
        LocalDate orderDate,
        @Nullable LocalDate shippedDate,
        OrderStatus status) {}
