package io.changeover.examples.orders.order;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** An order of one customer with its lines. */
@Aggregate(type = "Order")
@SuppressWarnings("NullAway.Init") // the event of the placing sets every field
public class Order {

    @AggregateIdentifier
    private String orderId;

    private String customerId;
    private LocalDate orderDate;
    private OrderStatus status;
    private Money total;
    private final Set<Integer> lineNumbers = new HashSet<>();

    /** For Axon, which restores the state from events. */
    protected Order() {}

    @CommandHandler
    Order(PlaceOrder command) {
        if (command.requiredDate().isBefore(command.orderDate())) {
            throw new CommandRefusedException(
                    command.orderId(),
                    "Order '%s' of %s must not be required before that day but it is required on %s; correct the dates"
                            .formatted(command.orderId(), command.orderDate(), command.requiredDate()));
        }
        apply(new OrderPlaced(
                command.orderId(),
                command.customerId(),
                command.customerName(),
                command.contact(),
                command.orderDate(),
                command.requiredDate(),
                command.currency(),
                command.comment()));
    }

    @CommandHandler
    void handle(AddOrderLine command) {
        requireStatus("a line can be added", EnumSet.of(OrderStatus.IN_PROCESS, OrderStatus.ON_HOLD));
        require(
                command.lineNumber() >= 1,
                "Line number %d of order '%s' must be 1 or greater; renumber the line",
                command);
        require(
                !lineNumbers.contains(command.lineNumber()),
                "Line number %d of order '%s' is taken; give the line the next free number",
                command);
        require(
                command.quantity() >= 1,
                "Line %d of order '%s' must be for at least one piece; correct the quantity",
                command);
        require(
                command.unitPrice().positive(),
                "Line %d of order '%s' must have a price greater than zero; correct the price",
                command);
        require(
                command.unitPrice().currency().equals(total.currency()),
                "Line %d of order '%s' must be in the currency of the order; convert its price",
                command);
        apply(new OrderLineAdded(
                orderId,
                customerId,
                orderDate,
                command.lineNumber(),
                command.productCode(),
                command.quantity(),
                command.unitPrice()));
    }

    @CommandHandler
    void handle(ShipOrder command) {
        requireStatus("it can be shipped", EnumSet.of(OrderStatus.IN_PROCESS, OrderStatus.ON_HOLD));
        if (lineNumbers.isEmpty()) {
            throw new CommandRefusedException(
                    orderId,
                    "Order '%s' must have a line before it can be shipped; add one or cancel it".formatted(orderId));
        }
        requireNotBeforeOrder("shipped", command.shippedOn());
        apply(new OrderShipped(orderId, customerId, command.shippedOn(), command.comment()));
    }

    @CommandHandler
    void handle(CancelOrder command) {
        requireStatus(
                "it can be cancelled", EnumSet.of(OrderStatus.IN_PROCESS, OrderStatus.ON_HOLD, OrderStatus.SHIPPED));
        requireNotBeforeOrder("cancelled", command.cancelledOn());
        apply(new OrderCancelled(orderId, customerId, command.cancelledOn(), total, command.comment()));
    }

    @CommandHandler
    void handle(PutOrderOnHold command) {
        requireStatus("it can be put on hold", EnumSet.of(OrderStatus.IN_PROCESS));
        requireNotBeforeOrder("put on hold", command.heldOn());
        apply(new OrderPutOnHold(orderId, customerId, command.heldOn(), command.comment()));
    }

    @CommandHandler
    void handle(DisputeOrder command) {
        requireStatus("it can be disputed", EnumSet.of(OrderStatus.SHIPPED));
        requireNotBeforeOrder("disputed", command.disputedOn());
        apply(new OrderDisputed(orderId, customerId, command.disputedOn(), command.comment()));
    }

    @CommandHandler
    void handle(ResolveDispute command) {
        requireStatus("its dispute can be settled", EnumSet.of(OrderStatus.DISPUTED));
        requireNotBeforeOrder("settled", command.resolvedOn());
        apply(new OrderResolved(orderId, customerId, command.resolvedOn(), command.comment()));
    }

    @EventSourcingHandler
    void on(OrderPlaced event) {
        orderId = event.orderId();
        customerId = event.customerId();
        orderDate = event.orderDate();
        status = OrderStatus.IN_PROCESS;
        total = Money.zero(event.currency());
    }

    @EventSourcingHandler
    void on(OrderLineAdded event) {
        lineNumbers.add(event.lineNumber());
        total = total.plus(event.lineTotal());
    }

    @EventSourcingHandler
    void on(OrderShipped event) {
        status = OrderStatus.SHIPPED;
    }

    @EventSourcingHandler
    void on(OrderCancelled event) {
        status = OrderStatus.CANCELLED;
    }

    @EventSourcingHandler
    void on(OrderPutOnHold event) {
        status = OrderStatus.ON_HOLD;
    }

    @EventSourcingHandler
    void on(OrderDisputed event) {
        status = OrderStatus.DISPUTED;
    }

    @EventSourcingHandler
    void on(OrderResolved event) {
        status = OrderStatus.RESOLVED;
    }

    private void requireStatus(String what, Set<OrderStatus> allowed) {
        if (!allowed.contains(status)) {
            throw new CommandRefusedException(
                    orderId,
                    "Order '%s' is '%s' but must be %s before %s; check which order was meant"
                            .formatted(
                                    orderId,
                                    status.label(),
                                    String.join(
                                            " or ",
                                            allowed.stream()
                                                    .map(each -> "'" + each.label() + "'")
                                                    .toList()),
                                    what));
        }
    }

    private void require(boolean rule, String message, AddOrderLine command) {
        if (!rule) {
            throw new CommandRefusedException(orderId, message.formatted(command.lineNumber(), orderId));
        }
    }

    private void requireNotBeforeOrder(String what, LocalDate date) {
        if (date.isBefore(orderDate)) {
            throw new CommandRefusedException(
                    orderId,
                    "Order '%s' of %s must not be %s before that day but %s was given; correct the date"
                            .formatted(orderId, orderDate, what, date));
        }
    }
}
