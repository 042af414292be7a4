package io.changeover.examples.orders.payment;

import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PaymentMethod;
import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Books a payment. Refused without a reference, or when nothing was paid.
 *
 * @param paymentId identifier that no aggregate has yet
 * @param customerId who paid
 * @param method how it came in
 * @param reference what the method calls it; not blank
 * @param amount greater than zero
 * @param receivedOn day on which it came in
 */
public record ReceivePayment(
        @TargetAggregateIdentifier String paymentId,
        String customerId,
        PaymentMethod method,
        String reference,
        Money amount,
        LocalDate receivedOn) {}
