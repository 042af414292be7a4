package io.changeover.examples.orders.order;

import io.changeover.examples.orders.model.PersonName;
import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Places an order, still without lines. Refused when the goods are required before the day of the order.
 *
 * @param orderId identifier that no aggregate has yet
 * @param customerId who orders; that the customer exists is for the sender to know
 * @param customerName name of the business on that day
 * @param contact person who places the order
 * @param orderDate day of the order
 * @param requiredDate day on which the goods must be there
 * @param currency ISO 4217 code that all lines share
 * @param comment what the customer asks for, or null
 */
public record PlaceOrder(
        @TargetAggregateIdentifier String orderId,
        String customerId,
        String customerName,
        PersonName contact,
        LocalDate orderDate,
        LocalDate requiredDate,
        String currency,
        @Nullable String comment) {}
