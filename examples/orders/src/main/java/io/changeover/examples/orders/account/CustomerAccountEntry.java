package io.changeover.examples.orders.account;

import io.changeover.sensitive.Sensitive;
import io.changeover.view.Key;
import java.time.Instant;

/**
 * The account of a customer; the shape in which versions are compared. All amounts are in the smallest unit of the
 * currency.
 *
 * @param customerId identifier of the customer
 * @param customerName name of the business
 * @param contact person to talk to, given name first
 * @param orderCount how many orders were placed, cancelled ones included
 * @param orderedMinorUnits sum of all order lines, cancelled orders included
 * @param cancelledMinorUnits sum of all cancelled orders
 * @param paidMinorUnits sum of all payments
 * @param balanceMinorUnits ordered less cancelled less paid; negative where the customer has paid ahead
 * @param currency ISO 4217 code
 * @param lastActivity when the customer or an order or a payment of theirs last changed
 */
public record CustomerAccountEntry(
        @Key String customerId,
        String customerName,
        @Sensitive String contact,
        int orderCount,
        long orderedMinorUnits,
        long cancelledMinorUnits,
        long paidMinorUnits,
        long balanceMinorUnits,
        String currency,
        Instant lastActivity) {}
