package io.changeover.examples.orders.revision;

import io.changeover.upcast.EventStep;
import java.util.List;
import java.util.stream.Stream;

/** Every step between the revisions of this domain's events. */
public final class OrdersSteps {

    private OrdersSteps() {}

    /** All of them, in no particular order. */
    public static List<EventStep> all() {
        return Stream.of(CustomerSteps.all(), OrderSteps.all(), PaymentSteps.all())
                .flatMap(List::stream)
                .toList();
    }
}
