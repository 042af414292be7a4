package io.changeover.examples.orders.customer;

import io.changeover.examples.orders.event.CreditLimitSet;
import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CustomerTest {

    private static final PersonName CARINE = new PersonName("Carine", "Schmitt");
    private static final Address NANTES = new Address("54, rue Royale", null, "Nantes", null, "44000", "France");
    private static final CustomerRegistered REGISTERED =
            new CustomerRegistered("103", "Atelier graphique", CARINE, "40.32.2555", NANTES);

    private final AggregateTestFixture<Customer> customer = new AggregateTestFixture<>(Customer.class);

    @Test
    void is_registered() {
        customer.givenNoPriorActivity()
                .when(new RegisterCustomer("103", "Atelier graphique", CARINE, "40.32.2555", NANTES))
                .expectEvents(REGISTERED);
    }

    @Test
    void is_refused_without_a_name() {
        customer.givenNoPriorActivity()
                .when(new RegisterCustomer("103", " ", CARINE, "40.32.2555", NANTES))
                .expectException(CommandRefusedException.class)
                .expectExceptionMessage(
                        "Customer '103' must have a name but it is blank; give the name of the business");
    }

    @Test
    void changes_its_contact() {
        PersonName sue = new PersonName("Sue", "King");

        customer.given(REGISTERED)
                .when(new ChangeContact("103", sue, "7025551838"))
                .expectEvents(new CustomerContactChanged("103", sue, "7025551838"));
    }

    @Test
    void says_nothing_when_nothing_changes() {
        customer.given(REGISTERED)
                .when(new ChangeContact("103", CARINE, "40.32.2555"))
                .expectNoEvents();
        customer.given(REGISTERED, new CreditLimitSet("103", new Money(2_100_000, "USD")))
                .when(new SetCreditLimit("103", new Money(2_100_000, "USD")))
                .expectNoEvents();
    }

    @Test
    void gets_a_credit_limit() {
        customer.given(REGISTERED)
                .when(new SetCreditLimit("103", new Money(2_100_000, "USD")))
                .expectEvents(new CreditLimitSet("103", new Money(2_100_000, "USD")));
    }

    @Test
    void is_refused_a_negative_credit_limit() {
        customer.given(REGISTERED)
                .when(new SetCreditLimit("103", new Money(-1, "USD")))
                .expectException(CommandRefusedException.class)
                .expectExceptionMessage(
                        "Credit limit -0.01 USD of customer '103' must not be negative; give zero for a customer who pays first");
    }
}
