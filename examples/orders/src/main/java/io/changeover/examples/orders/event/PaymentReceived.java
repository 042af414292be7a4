package io.changeover.examples.orders.event;

import io.changeover.event.EventType;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PaymentMethod;
import java.time.LocalDate;

/**
 * A customer paid. Payments name no order: they are credited to the customer's account.
 *
 * @param paymentId identifier of the payment
 * @param customerId identifier of the customer
 * @param method how it came in
 * @param reference what the method calls it, such as the number of the check
 * @param amount greater than zero
 * @param receivedOn day on which it came in
 */
@EventType(name = "payment.received", revision = 3)
public record PaymentReceived(
        String paymentId,
        String customerId,
        PaymentMethod method,
        String reference,
        Money amount,
        LocalDate receivedOn) {}
