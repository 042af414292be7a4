package io.changeover.examples.orders.event;

import java.util.List;

/** Every event class of this domain. */
public final class OrdersEvents {

    /** All of them, each with {@link io.changeover.event.EventType}. */
    public static final List<Class<?>> CLASSES = List.of(
            CustomerRegistered.class,
            CustomerContactChanged.class,
            CreditLimitSet.class,
            OrderPlaced.class,
            OrderLineAdded.class,
            OrderShipped.class,
            OrderCancelled.class,
            OrderPutOnHold.class,
            OrderDisputed.class,
            OrderResolved.class,
            PaymentReceived.class);

    private OrdersEvents() {}
}
