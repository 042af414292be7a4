package io.changeover.examples.orders.customer;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.examples.orders.event.CreditLimitSet;
import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A customer of the wholesaler. */
@Aggregate(type = "Customer")
@SuppressWarnings("NullAway.Init") // the event of the registration sets every field
public class Customer {

    @AggregateIdentifier
    private String customerId;

    private PersonName contact;
    private String phone;
    private @Nullable Money creditLimit;

    /** For Axon, which restores the state from events. */
    protected Customer() {}

    @CommandHandler
    Customer(RegisterCustomer command) {
        if (command.name().isBlank()) {
            throw new CommandRefusedException(
                    command.customerId(),
                    "Customer '%s' must have a name but it is blank; give the name of the business"
                            .formatted(command.customerId()));
        }
        apply(new CustomerRegistered(
                command.customerId(), command.name(), command.contact(), command.phone(), command.address()));
    }

    @CommandHandler
    void handle(ChangeContact command) {
        if (!command.contact().equals(contact) || !command.phone().equals(phone)) {
            apply(new CustomerContactChanged(customerId, command.contact(), command.phone()));
        }
    }

    @CommandHandler
    void handle(SetCreditLimit command) {
        if (command.limit().minorUnits() < 0) {
            throw new CommandRefusedException(
                    customerId,
                    "Credit limit %s of customer '%s' must not be negative; give zero for a customer who pays first"
                            .formatted(command.limit(), customerId));
        }
        if (!command.limit().equals(creditLimit)) {
            apply(new CreditLimitSet(customerId, command.limit()));
        }
    }

    @EventSourcingHandler
    void on(CustomerRegistered event) {
        customerId = event.customerId();
        contact = event.contact();
        phone = event.phone();
    }

    @EventSourcingHandler
    void on(CustomerContactChanged event) {
        contact = event.contact();
        phone = event.phone();
    }

    @EventSourcingHandler
    void on(CreditLimitSet event) {
        creditLimit = event.limit();
    }
}
