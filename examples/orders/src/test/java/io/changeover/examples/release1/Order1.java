package io.changeover.examples.release1;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.order.CancelOrder;
import io.changeover.examples.orders.order.DisputeOrder;
import io.changeover.examples.orders.order.ShipOrder;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;

/** An order whose status is a text and whose amounts are floating point numbers. */
class Order1 {

    @AggregateIdentifier
    private String orderId;

    private String customerId;
    private String status;
    private double total;
    private int lines;

    Order1() {}

    @CommandHandler
    void handle(ShipOrder command) {
        require("it can be shipped", "In Process", "On Hold");
        if (lines == 0) {
            throw new CommandRefusedException(
                    orderId,
                    "Order '%s' must have a line before it can be shipped; add one or cancel it".formatted(orderId));
        }
        change("Shipped", command.shippedOn().toString(), command.comment(), null);
    }

    @CommandHandler
    void handle(CancelOrder command) {
        require("it can be cancelled", "In Process", "On Hold", "Shipped");
        change("Cancelled", command.cancelledOn().toString(), command.comment(), total);
    }

    @CommandHandler
    void handle(DisputeOrder command) {
        require("it can be disputed", "Shipped");
        change("Disputed", command.disputedOn().toString(), command.comment(), null);
    }

    private void change(String to, String date, String comment, Double orderTotal) {
        apply(new OrderStatusChanged1(orderId, customerId, to, date, comment, orderTotal));
    }

    private void require(String what, String... allowed) {
        if (!List.of(allowed).contains(status)) {
            throw new CommandRefusedException(
                    orderId,
                    "Order '%s' is '%s' but must be %s before %s; check which order was meant"
                            .formatted(
                                    orderId,
                                    status,
                                    String.join(
                                            " or ",
                                            List.of(allowed).stream()
                                                    .map(each -> "'" + each + "'")
                                                    .toList()),
                                    what));
        }
    }

    @EventSourcingHandler
    void on(OrderPlaced1 event) {
        orderId = event.orderId();
        customerId = event.customerId();
        status = "In Process";
    }

    @EventSourcingHandler
    void on(OrderLineAdded1 event) {
        total += event.priceEach() * event.quantityOrdered();
        lines++;
    }

    @EventSourcingHandler
    void on(OrderStatusChanged1 event) {
        status = event.status();
    }
}
