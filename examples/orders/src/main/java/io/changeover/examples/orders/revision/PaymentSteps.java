package io.changeover.examples.orders.revision;

import io.changeover.upcast.EventStep;
import java.util.List;

/** Payments: money in minor units since release 2, methods beside the check since release 3. */
final class PaymentSteps {

    private static final String RECEIVED = "payment.received";

    private PaymentSteps() {}

    static List<EventStep> all() {
        return List.of(
                EventStep.from(RECEIVED, 1).to(2, payload -> payload.convert("amount", Amounts.MONEY)),
                EventStep.from(RECEIVED, 2).to(3, payload -> payload.add(
                                "method",
                                "CHECK",
                                "that a payment was no check: an earlier release takes a transfer for a check that bears the reference of the bank as its number")
                        .rename("checkNumber", "reference")
                        .rename("paymentDate", "receivedOn")));
    }
}
