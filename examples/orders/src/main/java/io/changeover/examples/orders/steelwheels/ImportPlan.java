package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.customer.RegisterCustomer;
import io.changeover.examples.orders.customer.SetCreditLimit;
import io.changeover.examples.orders.dispatch.HistoricCommand;
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.examples.orders.model.PaymentMethod;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.examples.orders.order.AddOrderLine;
import io.changeover.examples.orders.order.CancelOrder;
import io.changeover.examples.orders.order.DisputeOrder;
import io.changeover.examples.orders.order.PlaceOrder;
import io.changeover.examples.orders.order.PutOrderOnHold;
import io.changeover.examples.orders.order.ResolveDispute;
import io.changeover.examples.orders.order.ShipOrder;
import io.changeover.examples.orders.payment.ReceivePayment;
import io.changeover.examples.orders.steelwheels.SteelWheels.CustomerRow;
import io.changeover.examples.orders.steelwheels.SteelWheels.LineRow;
import io.changeover.examples.orders.steelwheels.SteelWheels.OrderRow;
import io.changeover.examples.orders.steelwheels.SteelWheels.PaymentRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every command of one copy of the data in the one order in which it is sent: by historic time, within an instant
 * customers before orders before what became of orders before payments, then by number. A customer is registered with
 * the first order; those without orders at {@link #ORIGIN}. All times of the source are taken for UTC.
 */
final class ImportPlan {

    static final Instant ORIGIN = Instant.parse("2003-01-01T00:00:00Z");

    private static final String CURRENCY = "USD";

    /** What is sent first when several things happen in one instant. */
    private enum Kind {
        CUSTOMER,
        ORDER,
        OUTCOME,
        PAYMENT
    }

    private record Source(String table, String key, Object row) {}

    private record Step(Instant at, Kind kind, int number, int part, PlannedCommand command) {

        private static final Comparator<Step> ORDER = Comparator.comparing(Step::at)
                .thenComparing(Step::kind)
                .thenComparingInt(Step::number)
                .thenComparingInt(Step::part)
                .thenComparing(step -> step.command().key());
    }

    private final CopyKeys keys;
    private final Map<Integer, CustomerRow> customers = new TreeMap<>();
    private final Map<Integer, OrderRow> orders = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final List<PlannedCommand> commands;

    private ImportPlan(SteelWheels data, CopyKeys keys) {
        this.keys = keys;
        data.customers().forEach(customer -> customers.put(customer.number(), customer));
        data.orders().forEach(order -> orders.put(order.number(), order));
        Map<Integer, Instant> firstOrders = new HashMap<>();
        data.orders()
                .forEach(order ->
                        firstOrders.merge(order.customerNumber(), instant(order.orderDate()), ImportPlan::earlier));
        customers.values().forEach(customer -> register(customer, firstOrders.getOrDefault(customer.number(), ORIGIN)));
        data.orders().forEach(this::place);
        data.lines().forEach(this::addLine);
        data.payments().forEach(this::receive);
        steps.sort(Step.ORDER);
        commands = steps.stream().map(Step::command).toList();
    }

    /**
     * The plan of one copy.
     *
     * @param copy number of the copy, from 0; plans of different copies differ in nothing but keys
     */
    static ImportPlan of(SteelWheels data, int copy) {
        return new ImportPlan(data, new CopyKeys(copy));
    }

    /** All commands in order. */
    List<PlannedCommand> commands() {
        return commands;
    }

    /** Rows of the source for which there is no command. */
    List<RejectedRow> rejected() {
        return List.copyOf(rejected);
    }

    /** The same for the same commands in the same order, and for nothing else. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            commands.forEach(command -> digest.update(command.toString().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private void register(CustomerRow row, Instant at) {
        String id = keys.of(row.number());
        Address address = new Address(
                row.addressLine1(), row.addressLine2(), row.city(), row.state(), row.postalCode(), row.country());
        Source source = new Source("customers", Integer.toString(row.number()), row);
        add(
                at,
                Kind.CUSTOMER,
                row.number(),
                0,
                source,
                new RegisterCustomer(id, row.name(), contact(row), row.phone(), address));
        add(at, Kind.CUSTOMER, row.number(), 1, source, new SetCreditLimit(id, money(row.creditLimit())));
    }

    private void place(OrderRow row) {
        Source source = new Source("orders", Integer.toString(row.number()), row);
        CustomerRow customer = customers.get(row.customerNumber());
        if (customer == null) {
            reject(
                    source,
                    "order %d is of customer %d, who is not in table customers; add the customer or remove the order"
                            .formatted(row.number(), row.customerNumber()));
            orders.remove(row.number());
            return;
        }
        OrderStatus status = OrderStatus.ofLabel(row.status()).orElse(null);
        boolean commentOnOutcome = status != OrderStatus.SHIPPED && status != OrderStatus.IN_PROCESS;
        add(
                instant(row.orderDate()),
                Kind.ORDER,
                row.number(),
                0,
                source,
                new PlaceOrder(
                        keys.of(row.number()),
                        keys.of(row.customerNumber()),
                        customer.name(),
                        contact(customer),
                        row.orderDate().toLocalDate(),
                        row.requiredDate().toLocalDate(),
                        CURRENCY,
                        commentOnOutcome ? null : row.comments()));
        if (status == null) {
            reject(
                    source,
                    "status '%s' of order %d is not known; the order stays in process until OrderStatus has it"
                            .formatted(row.status(), row.number()));
            return;
        }
        planOutcome(row, status, source);
    }

    private void planOutcome(OrderRow row, OrderStatus status, Source source) {
        OutcomeDates dates = new OutcomeDates(row);
        String id = keys.of(row.number());
        // Also for a cancelled order: some had left the warehouse before, and their shipped date is real.
        dates.shipped().ifPresent(date -> outcome(row, date, 0, source, new ShipOrder(id, date, null)));
        switch (status) {
            case ON_HOLD ->
                outcome(row, dates.heldOn(), 1, source, new PutOrderOnHold(id, dates.heldOn(), row.comments()));
            case DISPUTED ->
                outcome(row, dates.disputed(), 1, source, new DisputeOrder(id, dates.disputed(), row.comments()));
            case RESOLVED -> {
                outcome(row, dates.disputed(), 1, source, new DisputeOrder(id, dates.disputed(), null));
                outcome(row, dates.resolved(), 2, source, new ResolveDispute(id, dates.resolved(), row.comments()));
            }
            case CANCELLED ->
                outcome(row, dates.cancelled(), 3, source, new CancelOrder(id, dates.cancelled(), row.comments()));
            case IN_PROCESS, SHIPPED -> {
                // All said: an order is in process from the start, and shipped by its date.
            }
        }
    }

    private void addLine(LineRow row) {
        Source source = new Source("orderdetails", row.orderNumber() + "/" + row.lineNumber(), row);
        OrderRow order = orders.get(row.orderNumber());
        if (order == null) {
            reject(
                    source,
                    "line %d is of order %d, which is not in table orders; add the order or remove the line"
                            .formatted(row.lineNumber(), row.orderNumber()));
            return;
        }
        add(
                instant(order.orderDate()),
                Kind.ORDER,
                row.orderNumber(),
                row.lineNumber(),
                source,
                new AddOrderLine(
                        keys.of(row.orderNumber()),
                        row.lineNumber(),
                        row.productCode(),
                        row.quantityOrdered(),
                        money(row.priceEach())));
    }

    private void receive(PaymentRow row) {
        String key = row.customerNumber() + "-" + row.checkNumber();
        Source source = new Source("payments", key, row);
        if (!customers.containsKey(row.customerNumber())) {
            reject(
                    source,
                    "payment %s is of customer %d, who is not in table customers; add the customer or remove the payment"
                            .formatted(row.checkNumber(), row.customerNumber()));
            return;
        }
        add(
                instant(row.paymentDate()),
                Kind.PAYMENT,
                row.customerNumber(),
                0,
                source,
                new ReceivePayment(
                        keys.of(key),
                        keys.of(row.customerNumber()),
                        PaymentMethod.CHECK,
                        row.checkNumber(),
                        money(row.amount()),
                        row.paymentDate().toLocalDate()));
    }

    private void outcome(OrderRow row, LocalDate date, int part, Source source, Object command) {
        add(instant(date.atStartOfDay()), Kind.OUTCOME, row.number(), part, source, command);
    }

    private void add(Instant at, Kind kind, int number, int part, Source source, Object command) {
        steps.add(new Step(
                at,
                kind,
                number,
                part,
                new PlannedCommand(HistoricCommand.at(at, command), source.table(), source.key(), source.row())));
    }

    private void reject(Source source, String reason) {
        rejected.add(new RejectedRow(keys.copy(), source.table(), source.key(), reason, source.row()));
    }

    private static PersonName contact(CustomerRow row) {
        return new PersonName(row.contactFirstName(), row.contactLastName());
    }

    private static Money money(BigDecimal dollars) {
        return Money.of(dollars, CURRENCY);
    }

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
