package io.changeover.benchmark.replay.store;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.examples.orders.event.CreditLimitSet;
import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.event.PaymentReceived;
import io.changeover.examples.orders.revision.OrdersSteps;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.StepUpcaster;
import java.util.List;

/** The example's events for programs that have no Boot application around them. */
public final class OrdersEvents {

    /** The event classes. */
    public static final EventTypes TYPES = EventTypes.of(List.of(
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
            PaymentReceived.class));

    /** The steps between their revisions. */
    public static final EventSteps STEPS = EventSteps.of(OrdersSteps.all(), TYPES);

    private OrdersEvents() {}

    /** A new serializer of the stored events. */
    public static EventSerializer serializer() {
        return new EventSerializer(TYPES);
    }

    /** The steps as an upcaster of Axon, for events that the serializer reads. */
    public static StepUpcaster upcaster(EventSerializer serializer) {
        return new StepUpcaster(STEPS, serializer.getObjectMapper(), null, null);
    }
}
