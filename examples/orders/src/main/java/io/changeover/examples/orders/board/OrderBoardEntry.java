package io.changeover.examples.orders.board;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Key;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An order as the office sees it; the shape in which versions of the board are compared.
 *
 * @param orderId identifier of the order
 * @param customerId identifier of the customer
 * @param customerName name of the business on the day of the order
 * @param contact person who placed the order, given name first
 * @param orderDate day of the order
 * @param requiredDate day on which the goods must be there
 * @param shippedDate day on which they left, or null
 * @param status where the order stands
 * @param totalMinorUnits sum of all lines in the smallest unit of the currency
 * @param currency ISO 4217 code
 */
public record OrderBoardEntry(
        @Key String orderId,
        String customerId,
        String customerName,
        @Sensitive String contact,
        LocalDate orderDate,
        LocalDate requiredDate,
        @Nullable LocalDate shippedDate,
        OrderStatus status,
        long totalMinorUnits,
        String currency) {}
