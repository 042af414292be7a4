package io.changeover.examples.orders.steelwheels;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.examples.orders.customer.RegisterCustomer;
import io.changeover.examples.orders.dispatch.Release;
import io.changeover.examples.orders.order.CancelOrder;
import io.changeover.examples.orders.order.DisputeOrder;
import io.changeover.examples.orders.order.PlaceOrder;
import io.changeover.examples.orders.order.PutOrderOnHold;
import io.changeover.examples.orders.order.ResolveDispute;
import io.changeover.examples.orders.order.ShipOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportPlanTest {

    private static final SteelWheels DATA = SteelWheels.read();

    private final ImportPlan plan = ImportPlan.of(DATA, 0);

    @Test
    void has_a_command_for_every_row_and_for_every_change_of_an_order() {
        Map<String, Long> byType = plan.commands().stream()
                .collect(Collectors.groupingBy(
                        each -> each.command().payload().getClass().getSimpleName(),
                        TreeMap::new,
                        Collectors.counting()));

        assertThat(byType)
                .containsExactly(
                        Map.entry("AddOrderLine", 3000L),
                        Map.entry("CancelOrder", 6L),
                        Map.entry("DisputeOrder", 7L),
                        Map.entry("PlaceOrder", 330L),
                        Map.entry("PutOrderOnHold", 4L),
                        Map.entry("ReceivePayment", 272L),
                        Map.entry("RegisterCustomer", 126L),
                        Map.entry("ResolveDispute", 4L),
                        Map.entry("SetCreditLimit", 126L),
                        Map.entry("ShipOrder", 316L));
    }

    @Test
    void gives_each_release_its_part_of_history() {
        Map<Release, Long> byRelease = plan.commands().stream()
                .collect(Collectors.groupingBy(each -> each.command().release(), TreeMap::new, Collectors.counting()));

        assertThat(byRelease)
                .containsExactly(
                        Map.entry(Release.ONE, 800L), Map.entry(Release.TWO, 1480L), Map.entry(Release.THREE, 1911L));
    }

    @Test
    void runs_through_time_without_a_step_back() {
        assertThat(plan.commands().stream().map(each -> each.command().occurredAt()))
                .isSortedAccordingTo(Comparator.<Instant>naturalOrder())
                .allMatch(at -> !at.isAfter(Instant.parse("2005-06-30T00:00:00Z")));
    }

    @Test
    void rejects_the_line_of_a_missing_order_with_the_whole_row() {
        SteelWheels.LineRow orphan = DATA.lines().stream()
                .filter(line -> line.orderNumber() == 11150)
                .findFirst()
                .orElseThrow();

        assertThat(plan.rejected())
                .containsExactly(new RejectedRow(
                        0,
                        "orderdetails",
                        "11150/3",
                        "line 3 is of order 11150, which is not in table orders; add the order or remove the line",
                        orphan));
    }

    @Test
    void keeps_cancelled_orders_that_had_left_the_warehouse_as_shipped_and_then_cancelled() {
        assertThat(outcomes("10179"))
                .hasExactlyElementsOfTypes(ShipOrder.class, CancelOrder.class)
                .first()
                .isEqualTo(new ShipOrder("10179", LocalDate.of(2003, 11, 13), null));
        assertThat(outcomes("10253")).hasExactlyElementsOfTypes(ShipOrder.class, CancelOrder.class);
    }

    @Test
    void takes_the_instant_of_the_load_for_no_shipped_date() {
        assertThat(outcomes("10167")).hasExactlyElementsOfTypes(CancelOrder.class);
        assertThat(outcomes("10334")).hasExactlyElementsOfTypes(PutOrderOnHold.class);
        assertThat(outcomes("10420")).isEmpty();
    }

    @Test
    void dates_what_the_source_leaves_undated() {
        assertThat(outcomes("10164"))
                .extracting(Object::getClass)
                .isEqualTo(List.of(ShipOrder.class, DisputeOrder.class, ResolveDispute.class));
        assertThat(((DisputeOrder) outcomes("10164").get(1)).disputedOn()).isEqualTo("2003-10-30");
        assertThat(((ResolveDispute) outcomes("10164").get(2)).resolvedOn()).isEqualTo("2003-11-01");
        assertThat(((ResolveDispute) outcomes("10327").get(2)).resolvedOn()).isEqualTo("2004-12-01");
        assertThat(((DisputeOrder) outcomes("10417").get(1)).disputedOn()).isEqualTo("2005-05-26");
        assertThat(((PutOrderOnHold) outcomes("10334").get(0)).heldOn()).isEqualTo("2004-11-20");
        assertThat(((CancelOrder) outcomes("10167").get(0)).cancelledOn()).isEqualTo("2003-10-30");
    }

    @Test
    void registers_customers_with_their_first_order_or_at_the_origin() {
        Map<String, Instant> registered = plan.commands().stream()
                .filter(each -> each.command().payload() instanceof RegisterCustomer)
                .collect(Collectors.toMap(
                        PlannedCommand::key, each -> each.command().occurredAt()));

        assertThat(registered).containsEntry("363", Instant.parse("2003-01-06T00:00:00Z"));
        assertThat(registered.values()).filteredOn(ImportPlan.ORIGIN::equals).hasSize(24);
    }

    @Test
    void leaves_broken_encodings_and_blanks_as_they_are() {
        assertThat(plan.commands())
                .map(each -> each.command().payload())
                .filteredOn(RegisterCustomer.class::isInstance)
                .map(RegisterCustomer.class::cast)
                .anySatisfy(command -> assertThat(command.contact().givenName()).isEqualTo("Fru00e9du00e9rique"))
                .anySatisfy(
                        command -> assertThat(command.address().postalCode()).isEqualTo(" 530-0003"));
    }

    @Test
    void is_the_same_each_time_it_is_made() {
        ImportPlan again = ImportPlan.of(SteelWheels.read(), 0);

        assertThat(again.commands()).isEqualTo(plan.commands());
        assertThat(again.fingerprint()).isEqualTo(plan.fingerprint());
    }

    @Test
    void differs_between_copies_in_nothing_but_keys() {
        ImportPlan copy = ImportPlan.of(DATA, 7);

        assertThat(copy.commands().toString().replace("c7-", ""))
                .isEqualTo(plan.commands().toString());
        assertThat(orderIds(copy)).allMatch(id -> id.startsWith("c7-")).doesNotContainAnyElementsOf(orderIds(plan));
    }

    @Test
    void has_no_identifier_twice_across_aggregates() {
        List<String> created = plan.commands().stream()
                .map(each -> each.command().payload())
                .map(command -> command instanceof RegisterCustomer customer
                        ? customer.customerId()
                        : command instanceof PlaceOrder order
                                ? order.orderId()
                                : command instanceof io.changeover.examples.orders.payment.ReceivePayment payment
                                        ? payment.paymentId()
                                        : "")
                .filter(id -> !id.isEmpty())
                .toList();

        assertThat(new HashSet<>(created)).hasSameSizeAs(created).hasSize(126 + 330 + 272);
    }

    private static List<String> orderIds(ImportPlan plan) {
        return plan.commands().stream()
                .map(each -> each.command().payload())
                .filter(PlaceOrder.class::isInstance)
                .map(command -> ((PlaceOrder) command).orderId())
                .toList();
    }

    private List<Object> outcomes(String orderId) {
        return plan.commands().stream()
                .filter(each -> each.table().equals("orders") && each.key().equals(orderId))
                .map(each -> each.command().payload())
                .filter(command -> !(command instanceof PlaceOrder))
                .toList();
    }
}
