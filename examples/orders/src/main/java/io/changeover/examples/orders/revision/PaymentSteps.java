package io.changeover.examples.orders.revision;

import io.changeover.upcast.EventStep;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payments: money in minor units since release 2, methods beside the check since release 3. Lost on the way down: a
 * release before 3 takes a transfer for a check that bears the reference of the bank as its number.
 */
final class PaymentSteps {

    private static final String RECEIVED = "payment.received";

    private PaymentSteps() {}

    static List<EventStep> all() {
        return List.of(
                EventStep.from(RECEIVED, 1)
                        .up(payload -> Amounts.toMinorUnits(payload, "amount", "amount"))
                        .down(payload -> Amounts.toFloatingPoint(payload, "amount", "amount")),
                EventStep.from(RECEIVED, 2).up(PaymentSteps::nameMethod).down(PaymentSteps::forgetMethod));
    }

    private static void nameMethod(ObjectNode payload) {
        payload.put("method", "CHECK");
        Fields.rename(payload, "checkNumber", "reference");
        Fields.rename(payload, "paymentDate", "receivedOn");
    }

    private static void forgetMethod(ObjectNode payload) {
        payload.remove("method");
        Fields.rename(payload, "reference", "checkNumber");
        Fields.rename(payload, "receivedOn", "paymentDate");
    }
}
