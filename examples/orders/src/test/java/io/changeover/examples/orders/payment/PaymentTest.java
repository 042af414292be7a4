package io.changeover.examples.orders.payment;

import io.changeover.examples.orders.event.PaymentReceived;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PaymentMethod;
import java.time.LocalDate;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PaymentTest {

    private static final LocalDate DAY = LocalDate.of(2004, 10, 19);

    private final AggregateTestFixture<Payment> payment = new AggregateTestFixture<>(Payment.class);

    @Test
    void is_received() {
        Money amount = new Money(530_800, "USD");

        payment.givenNoPriorActivity()
                .when(new ReceivePayment("103-HQ336336", "103", PaymentMethod.CHECK, "HQ336336", amount, DAY))
                .expectEvents(new PaymentReceived("103-HQ336336", "103", PaymentMethod.CHECK, "HQ336336", amount, DAY));
    }

    @Test
    void is_refused_when_nothing_was_paid() {
        payment.givenNoPriorActivity()
                .when(new ReceivePayment("p", "103", PaymentMethod.CHECK, "HQ336336", Money.zero("USD"), DAY))
                .expectException(CommandRefusedException.class)
                .expectExceptionMessage("Amount 0.00 USD of payment 'p' must be greater than zero; correct the amount");
    }

    @Test
    void is_refused_without_a_reference() {
        payment.givenNoPriorActivity()
                .when(new ReceivePayment("p", "103", PaymentMethod.TRANSFER, "", new Money(1, "USD"), DAY))
                .expectException(CommandRefusedException.class)
                .expectExceptionMessage(
                        "Payment 'p' must have a reference but it is blank; give the number of the check or transfer");
    }
}
