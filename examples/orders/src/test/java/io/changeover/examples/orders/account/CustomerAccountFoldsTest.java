package io.changeover.examples.orders.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PaymentMethod;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.view.EventInfo;
import io.changeover.view.FoldedVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CustomerAccountFoldsTest {

    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);
    private static final Instant START = Instant.parse("2003-01-06T00:00:00Z");
    private static final PersonName CARINE = new PersonName("Carine", "Schmitt");
    private static final CustomerRegistered REGISTERED = new CustomerRegistered(
            "103",
            "Atelier graphique",
            CARINE,
            "40.32.2555",
            new Address("54, rue Royale", null, "Nantes", null, "44000", "France"));
    private static final OrderPlaced PLACED =
            new OrderPlaced("1", "103", "Atelier graphique", CARINE, DAY, DAY, "USD", null);

    private final CustomerAccountV1 v1 = new CustomerAccountV1();
    private final CustomerAccountV2 v2 = new CustomerAccountV2();

    @Test
    void the_balance_is_what_was_ordered_less_what_was_cancelled_and_paid() {
        CustomerAccountV2.Row row = v2.on(REGISTERED, at(0));
        row = v2.on(v2.on(row, PLACED, at(1)), line(5_000), at(1));
        row = v2.on(v2.on(row, PLACED, at(2)), line(700), at(2));
        row = v2.on(row, new OrderCancelled("2", "103", DAY, new Money(700, "USD"), null), at(3));
        row = v2.on(row, payment(4_000), at(4));

        assertThat(v2.entry(row))
                .isEqualTo(new CustomerAccountEntry(
                        "103",
                        "Atelier graphique",
                        "Carine Schmitt",
                        2,
                        5_700,
                        700,
                        4_000,
                        1_000,
                        "USD",
                        START.plusSeconds(4)));
    }

    @Test
    void both_versions_say_the_same_after_every_event() {
        List<Object> events = List.of(
                REGISTERED,
                new CreditLimitSet("103", new Money(2_100_000, "USD")),
                PLACED,
                line(5_001),
                new OrderPutOnHold("1", "103", DAY, null),
                new OrderShipped("1", "103", DAY, null),
                new OrderDisputed("1", "103", DAY, null),
                new OrderResolved("1", "103", DAY, null),
                new OrderCancelled("1", "103", DAY, new Money(5_001, "USD"), null),
                new CustomerContactChanged("103", new PersonName("Sue", "King"), "1"),
                payment(12_345));
        FoldedVersion one = FoldedVersion.of(v1);
        FoldedVersion two = FoldedVersion.of(v2);
        Object row1 = null;
        Object row2 = null;
        for (int i = 0; i < events.size(); i++) {
            row1 = one.fold(row1, events.get(i), at(i));
            row2 = two.fold(row2, events.get(i), at(i));

            assertThat(one.canonical().of(row1)).isEqualTo(two.canonical().of(row2));
        }
        assertThat(one.eventNames())
                .containsExactlyInAnyOrderElementsOf(two.eventNames())
                .hasSize(events.size());
    }

    @Test
    void last_activity_is_the_latest_time_whatever_the_order_of_events() {
        CustomerAccountV1.Row row = v1.on(v1.on(v1.on(REGISTERED, at(0)), PLACED, at(9)), line(1), at(3));

        assertThat(row.lastActivity()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void another_currency_is_not_added_up() {
        OrderLineAdded euros = new OrderLineAdded("1", "103", DAY, 1, "S10_1678", 1, new Money(100, "EUR"));

        assertThatThrownBy(() -> v2.on(v2.on(REGISTERED, at(0)), euros, at(1)))
                .hasMessage("0.00 USD and 1.00 EUR cannot be added; convert one to the other's currency first");
    }

    private static OrderLineAdded line(long minorUnits) {
        return new OrderLineAdded("1", "103", DAY, 1, "S10_1678", 1, new Money(minorUnits, "USD"));
    }

    private static PaymentReceived payment(long minorUnits) {
        return new PaymentReceived("p", "103", PaymentMethod.CHECK, "HQ336336", new Money(minorUnits, "USD"), DAY);
    }

    private static EventInfo at(int second) {
        return new EventInfo(second + 1, "e" + second, "103", START.plusSeconds(second));
    }
}
