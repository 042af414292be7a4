package io.changeover.examples.orders.order;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import java.time.LocalDate;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderTest {

    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);
    private static final LocalDate LATER = LocalDate.of(2003, 1, 10);
    private static final LocalDate REQUIRED = LocalDate.of(2003, 1, 13);
    private static final PersonName CONTACT = new PersonName("Dorothy", "Young");
    private static final Money PRICE = new Money(3_447, "USD");
    private static final OrderPlaced PLACED =
            new OrderPlaced("10100", "363", "Online Diecast Creations Co.", CONTACT, DAY, REQUIRED, "USD", null);
    private static final OrderLineAdded LINE = new OrderLineAdded("10100", "363", DAY, 1, "S24_3969", 49, PRICE);
    private static final OrderShipped SHIPPED = new OrderShipped("10100", "363", LATER, null);
    private static final OrderPutOnHold HELD = new OrderPutOnHold("10100", "363", DAY, "Credit limit exceeded");
    private static final OrderDisputed DISPUTED = new OrderDisputed("10100", "363", LATER, "Damaged");
    private static final OrderResolved RESOLVED = new OrderResolved("10100", "363", LATER, "Settled");
    private static final OrderCancelled CANCELLED =
            new OrderCancelled("10100", "363", LATER, new Money(168_903, "USD"), "A better offer");

    private final AggregateTestFixture<Order> order = new AggregateTestFixture<>(Order.class);

    @Test
    void is_placed() {
        order.givenNoPriorActivity()
                .when(new PlaceOrder(
                        "10100", "363", "Online Diecast Creations Co.", CONTACT, DAY, REQUIRED, "USD", null))
                .expectEvents(PLACED);
    }

    @Test
    void is_refused_when_required_before_its_day() {
        refused(
                order.givenNoPriorActivity()
                        .when(new PlaceOrder("10100", "363", "Online", CONTACT, REQUIRED, DAY, "USD", null)),
                "Order '10100' of 2003-01-13 must not be required before that day but it is required on 2003-01-06; correct the dates");
    }

    @Test
    void takes_lines_while_it_waits() {
        order.given(PLACED)
                .when(new AddOrderLine("10100", 1, "S24_3969", 49, PRICE))
                .expectEvents(LINE);
        order.given(PLACED, HELD)
                .when(new AddOrderLine("10100", 1, "S24_3969", 49, PRICE))
                .expectEvents(LINE);
    }

    @Test
    void refuses_a_line_that_does_not_fit() {
        refused(
                order.given(PLACED).when(new AddOrderLine("10100", 0, "S24_3969", 1, PRICE)),
                "Line number 0 of order '10100' must be 1 or greater; renumber the line");
        refused(
                order.given(PLACED, LINE).when(new AddOrderLine("10100", 1, "S18_2248", 1, PRICE)),
                "Line number 1 of order '10100' is taken; give the line the next free number");
        refused(
                order.given(PLACED).when(new AddOrderLine("10100", 1, "S24_3969", 0, PRICE)),
                "Line 1 of order '10100' must be for at least one piece; correct the quantity");
        refused(
                order.given(PLACED).when(new AddOrderLine("10100", 1, "S24_3969", 1, Money.zero("USD"))),
                "Line 1 of order '10100' must have a price greater than zero; correct the price");
        refused(
                order.given(PLACED).when(new AddOrderLine("10100", 1, "S24_3969", 1, new Money(1, "EUR"))),
                "Line 1 of order '10100' must be in the currency of the order; convert its price");
    }

    @Test
    void refuses_a_line_once_it_has_left() {
        refused(
                order.given(PLACED, LINE, SHIPPED).when(new AddOrderLine("10100", 2, "S18_2248", 1, PRICE)),
                "Order '10100' is 'Shipped' but must be 'In Process' or 'On Hold' before a line can be added; check which order was meant");
    }

    @Test
    void is_shipped_also_from_a_hold() {
        order.given(PLACED, LINE).when(new ShipOrder("10100", LATER, null)).expectEvents(SHIPPED);
        order.given(PLACED, LINE, HELD)
                .when(new ShipOrder("10100", LATER, null))
                .expectEvents(SHIPPED);
    }

    @Test
    void is_not_shipped_without_lines_or_before_its_day_or_twice() {
        refused(
                order.given(PLACED).when(new ShipOrder("10100", LATER, null)),
                "Order '10100' must have a line before it can be shipped; add one or cancel it");
        refused(
                order.given(PLACED, LINE).when(new ShipOrder("10100", DAY.minusDays(1), null)),
                "Order '10100' of 2003-01-06 must not be shipped before that day but 2003-01-05 was given; correct the date");
        refused(
                order.given(PLACED, LINE, SHIPPED).when(new ShipOrder("10100", LATER, null)),
                "Order '10100' is 'Shipped' but must be 'In Process' or 'On Hold' before it can be shipped; check which order was meant");
    }

    @Test
    void is_cancelled_with_what_the_customer_no_longer_owes_even_after_shipping() {
        order.given(PLACED, LINE)
                .when(new CancelOrder("10100", LATER, "A better offer"))
                .expectEvents(CANCELLED);
        order.given(PLACED, LINE, SHIPPED)
                .when(new CancelOrder("10100", LATER, "A better offer"))
                .expectEvents(CANCELLED);
    }

    @Test
    void is_not_cancelled_twice_or_after_a_dispute() {
        refused(
                order.given(PLACED, LINE, CANCELLED).when(new CancelOrder("10100", LATER, null)),
                "Order '10100' is 'Cancelled' but must be 'In Process' or 'On Hold' or 'Shipped' before it can be cancelled; check which order was meant");
        refused(
                order.given(PLACED, LINE, SHIPPED, DISPUTED).when(new CancelOrder("10100", LATER, null)),
                "Order '10100' is 'Disputed' but must be 'In Process' or 'On Hold' or 'Shipped' before it can be cancelled; check which order was meant");
    }

    @Test
    void is_put_on_hold_while_in_process_only() {
        order.given(PLACED)
                .when(new PutOrderOnHold("10100", DAY, "Credit limit exceeded"))
                .expectEvents(HELD);
        refused(
                order.given(PLACED, HELD).when(new PutOrderOnHold("10100", DAY, null)),
                "Order '10100' is 'On Hold' but must be 'In Process' before it can be put on hold; check which order was meant");
    }

    @Test
    void is_disputed_after_shipping_and_resolved_after_that() {
        order.given(PLACED, LINE, SHIPPED)
                .when(new DisputeOrder("10100", LATER, "Damaged"))
                .expectEvents(DISPUTED);
        order.given(PLACED, LINE, SHIPPED, DISPUTED)
                .when(new ResolveDispute("10100", LATER, "Settled"))
                .expectEvents(RESOLVED);
        refused(
                order.given(PLACED, LINE).when(new DisputeOrder("10100", LATER, null)),
                "Order '10100' is 'In Process' but must be 'Shipped' before it can be disputed; check which order was meant");
        refused(
                order.given(PLACED, LINE, SHIPPED, DISPUTED, RESOLVED).when(new ResolveDispute("10100", LATER, null)),
                "Order '10100' is 'Resolved' but must be 'Disputed' before its dispute can be settled; check which order was meant");
    }

    private static void refused(ResultValidator<Order> result, String message) {
        result.expectException(CommandRefusedException.class).expectExceptionMessage(message);
    }
}
