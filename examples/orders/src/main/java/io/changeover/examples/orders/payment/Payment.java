package io.changeover.examples.orders.payment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.examples.orders.event.PaymentReceived;
import io.changeover.examples.orders.model.CommandRefusedException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** A payment. An aggregate of its own, because no rule joins it to an order: customers pay sums, not orders. */
@Aggregate(type = "Payment")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // the first event sets the field, and Axon reads it
public class Payment {

    @AggregateIdentifier
    private String paymentId;

    /** For Axon, which restores the state from events. */
    protected Payment() {}

    @CommandHandler
    Payment(ReceivePayment command) {
        if (!command.amount().positive()) {
            throw new CommandRefusedException(
                    command.paymentId(),
                    "Amount %s of payment '%s' must be greater than zero; correct the amount"
                            .formatted(command.amount(), command.paymentId()));
        }
        if (command.reference().isBlank()) {
            throw new CommandRefusedException(
                    command.paymentId(),
                    "Payment '%s' must have a reference but it is blank; give the number of the check or transfer"
                            .formatted(command.paymentId()));
        }
        apply(new PaymentReceived(
                command.paymentId(),
                command.customerId(),
                command.method(),
                command.reference(),
                command.amount(),
                command.receivedOn()));
    }

    @EventSourcingHandler
    void on(PaymentReceived event) {
        paymentId = event.paymentId();
    }
}
